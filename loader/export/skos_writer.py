"""Writes sets as one SKOS vocabulary in Turtle: terms become concepts, sets their schemes, categories collections.

rdflib takes a moment to import, so this module is imported only when SKOS is wanted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS
from rdflib.term import Node

from loader.derive import Said
from loader.entries import MENTION, Entry
from loader.export.model import Exported, Text, counted
from loader.export.plain import DEFAULT_PRIORITY
from loader.model import Header
from loader.slug import assign

# Those that a subtag of a language may have; rdflib refuses others.
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
SAME = {("broader", False): SKOS.broader, ("broader", True): SKOS.narrower, ("related", False): SKOS.related}
KEPT_IN_ADDRESSES = "!$*(),;:@"
Triple = tuple[Node, Node, Node]


def write_skos(exported: Exported, base: str) -> Text:
    """All sets of the export; a term that several define is one concept with the words of each."""
    graph = Graph()
    graph.bind("dct", DCTERMS)
    said = [(one.header, entry) for one in exported.sets for entry in one.entries.values()]
    said.sort(key=lambda pair: (Said(pair[0].id, pair[0].priority, pair[1]).rank, pair[1].id))
    categories = assign({entry.body["category"] for _, entry in said if "category" in entry.body})
    for one in exported.sets:
        _add(graph, _scheme(one.header, base))
    for header, entry in said:
        _add(graph, _labels(graph, header, entry, base))
        _add(graph, _notes(header, entry, base))
        _add(graph, _relations(entry, base))
        _add(graph, _category(header, entry, categories, base))
    return Text(graph.serialize(format="turtle"), (*exported.dropped, *_dropped(exported)))


def _add(graph: Graph, triples: Iterator[Triple]) -> None:
    for triple in triples:
        graph.add(triple)


def _scheme(header: Header, base: str) -> Iterator[Triple]:
    scheme = _address(base, "set/", header.id)
    yield scheme, RDF.type, SKOS.ConceptScheme
    if header.title:
        yield scheme, DCTERMS.title, _words(header.title, header)
    plain = {
        OWL.versionInfo: header.version,
        DCTERMS.language: header.language,
        DCTERMS.source: header.source,
        DCTERMS.license: header.license,
    }
    for predicate, text in plain.items():
        if text:
            yield scheme, predicate, Literal(text)


def _labels(graph: Graph, header: Header, entry: Entry, base: str) -> Iterator[Triple]:
    """The name that ranks first in a language is the preferred label; SKOS allows one in each."""
    concept, name = _address(base, "", entry.id), _words(entry.body["name"], header)
    preferred = [one for one in graph.objects(concept, SKOS.prefLabel) if _language(one) == name.language]
    yield concept, RDF.type, SKOS.Concept
    yield concept, SKOS.inScheme, _address(base, "set/", header.id)
    if name not in preferred:
        yield concept, SKOS.altLabel if preferred else SKOS.prefLabel, name
    for alias in entry.body.get("aliases", ()):
        if (words := _words(alias, header)) not in preferred:
            yield concept, SKOS.altLabel, words


def _notes(header: Header, entry: Entry, base: str) -> Iterator[Triple]:
    """A scope note stands in for a definition that is absent, so an explanation alone is a plain note."""
    concept, body = _address(base, "", entry.id), entry.body
    if "definition" in body:
        yield concept, SKOS.definition, _words(body["definition"], header)
    if "explanation" in body:
        predicate = SKOS.scopeNote if "definition" in body else SKOS.note
        yield concept, predicate, _words(body["explanation"], header)


def _relations(entry: Entry, base: str) -> Iterator[Triple]:
    for row in entry.body.get("relations", ()):
        predicate = SAME.get((row["kind"], bool(row.get("inverse"))), SKOS.related)
        yield _address(base, "", entry.id), predicate, _address(base, "", row["to"])


def _category(header: Header, entry: Entry, categories: Mapping[str, str], base: str) -> Iterator[Triple]:
    if "category" in entry.body:
        collection = _address(base, "category/", categories[entry.body["category"]])
        yield collection, RDF.type, SKOS.Collection
        yield collection, SKOS.prefLabel, _words(entry.body["category"], header)
        yield collection, SKOS.member, _address(base, "", entry.id)


def _address(base: str, folder: str, term_id: str) -> URIRef:
    """Ids have no slash, so terms, sets and categories never meet in one address."""
    return URIRef(base + folder + quote(term_id, safe=KEPT_IN_ADDRESSES))


def _words(text: str, header: Header) -> Literal:
    return Literal(text, lang=header.language if LANGUAGE.fullmatch(header.language) else None)


def _language(words: Any) -> str | None:
    return words.language if isinstance(words, Literal) else None


def _dropped(exported: Exported) -> Iterator[str]:
    """What SKOS has no place or no word for."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for one in exported.sets:
        counts["priority"] += one.header.priority != DEFAULT_PRIORITY
        counts["declared kind"] += len(one.header.kinds)
        for entry in one.entries.values():
            rows = entry.body.get("relations", ())
            counts["note"] += sum("note" in row for row in rows)
            counts["former id"] += len(entry.body.get("former", ()))
            counts["mention role"] += entry.role == MENTION
            kinds.update(row["kind"] for row in rows if (row["kind"], bool(row.get("inverse"))) not in SAME)
    for kind, number in sorted(kinds.items()):
        yield f"the kind {kind} of {counted(number, 'relation')}, written as skos:related"
    for what, number in counts.items():
        if number:
            yield counted(number, what, "priorities" if what == "priority" else "")
