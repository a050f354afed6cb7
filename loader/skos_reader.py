"""Reads a SKOS vocabulary: concepts become terms, their labels names and aliases, their notes the texts.

A vocabulary speaks many languages and was made for other uses: one language of it is read, and what is left out is
told in one warning. The modules that import rdflib are imported only when such a file is read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib.namespace import DC, DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Literal, Node, URIRef

from loader.decoding import nul_problem
from loader.formats import NO_HINTS, Format, Hints
from loader.json_nodes import NEVER_STORED
from loader.model import (
    Header,
    Position,
    Problem,
    WrittenRelation,
    WrittenSet,
    WrittenTerm,
    WrittenText,
    one_line,
)
from loader.rdf_text import BASE, Document, Refused, local_name, parse_rdf, quiet_rdflib
from loader.skos_words import OTHER, Said, Words, pick_language, said_of
from loader.slug import assign, is_id, slug, with_hash

XL = "http://www.w3.org/2008/05/skos-xl#"
PREFERRED = (SKOS.prefLabel, URIRef(f"{XL}prefLabel"))
PLAIN_LABELS = (RDFS.label, DCTERMS.title)
OTHER_LABELS = (SKOS.altLabel, URIRef(f"{XL}altLabel"), SKOS.hiddenLabel, URIRef(f"{XL}hiddenLabel"))
DEFINITIONS = (SKOS.definition, SKOS.scopeNote, DCTERMS.description, RDFS.comment)
NOTES = (*DEFINITIONS, SKOS.note)
TITLES = (DCTERMS.title, DC.title, *PREFERRED, RDFS.label)
RELATIONS = {SKOS.broader: "broader", SKOS.narrower: "narrower", SKOS.related: "related"}
TEXTS = (*PREFERRED, *PLAIN_LABELS, *OTHER_LABELS, *NOTES, SKOS.example)
READ = frozenset((*TEXTS, *RELATIONS, RDF.type, SKOS.inScheme, SKOS.topConceptOf))
MOST_NAMED, MOST_LEFT_OUT = 3, 12


@dataclass(frozen=True)
class Concept:
    """A concept and all that is said of it."""

    node: Node
    said: Said
    place: Position


@dataclass(frozen=True)
class Vocabulary:
    """The concepts, the words that were picked, and how relations call each concept."""

    document: Document
    concepts: tuple[Concept, ...]
    scheme: Node | None
    words: Words
    names: Mapping[Node, str]
    ids: Mapping[Node, str]
    called: Mapping[Node, str]


def read_skos(
    text: str, file: str, stem: str, format_: Format, hints: Hints = NO_HINTS
) -> tuple[WrittenSet | None, list[Problem]]:
    """The set of a vocabulary's text, and what is wrong with it. `stem` is the set's id."""
    if nul := nul_problem(text, file):
        return None, [nul]
    with quiet_rdflib():
        try:
            document = parse_rdf(text, file, format_)
        except Refused as refused:
            return None, [refused.problem]
        return _set(document, stem, hints)


def _set(document: Document, stem: str, hints: Hints) -> tuple[WrittenSet | None, list[Problem]]:
    if unstorable := _unstorable(document):
        return None, [unstorable]
    concepts = _concepts(document)
    if not concepts:
        message = "No concept is in this file: it needs things of the type skos:Concept, with a skos:prefLabel."
        return None, [Problem(Position(document.file), "no-terms", message)]
    vocabulary = _vocabulary(document, concepts, hints.language)
    categories = _categories(vocabulary)
    terms = tuple(_term(vocabulary, concept, categories.get(concept.node, "")) for concept in concepts)
    written = WrittenSet(_header(vocabulary, stem), terms, Position(document.file), lenient=True)
    return written, [*_unlabelled(vocabulary), *_in_other_languages(vocabulary), *_left_out(vocabulary)]


def _unstorable(document: Document) -> Problem | None:
    subjects = {
        statement[0]
        for statement in document.graph.triples((None, None, None))
        if any(NEVER_STORED.search(str(part)) for part in statement)
    }
    if not subjects:
        return None
    message = "Of this is said something with a NUL character or half a surrogate pair: remove that."
    return Problem(min(document.place(subject) for subject in subjects), "syntax", message)


def _concepts(document: Document) -> tuple[Concept, ...]:
    """What is called a concept, or has a preferred label and is nothing else that SKOS knows."""
    graph = document.graph
    found = set(graph.subjects(RDF.type, SKOS.Concept)) | {one for label in PREFERRED for one in graph.subjects(label)}
    for kind in (SKOS.ConceptScheme, SKOS.Collection, SKOS.OrderedCollection):
        found -= set(graph.subjects(RDF.type, kind))
    concepts = [Concept(node, said_of(graph, node), document.place(node)) for node in found]
    return tuple(sorted(concepts, key=lambda one: (one.place, document.address(one.node))))


def _vocabulary(document: Document, concepts: tuple[Concept, ...], wanted: str) -> Vocabulary:
    graph = document.graph
    schemes = Counter(
        scheme
        for one in concepts
        for scheme in (*one.said.get(SKOS.inScheme, ()), *one.said.get(SKOS.topConceptOf, ()))
    )
    schemes.update(dict.fromkeys(graph.subjects(RDF.type, SKOS.ConceptScheme), 0))
    scheme = min(schemes, key=lambda one: (-schemes[one], document.address(one)), default=None)
    plain = Words(graph, "")
    labels, texts = (
        [literal for one in concepts for predicate in group for literal in plain.literals(one.said, predicate)]
        for group in ((*PREFERRED, *PLAIN_LABELS), TEXTS)
    )
    language = pick_language(wanted, said_of(graph, scheme) if scheme else {}, labels, texts)
    words = Words(graph, language)
    names = {one.node: _name(document, words, one) for one in concepts}
    ids, counted = _term_ids(document, names), Counter(names.values())
    called = {node: name if counted[name] == 1 else ids[node] for node, name in names.items()}
    return Vocabulary(document, concepts, scheme, words, names, ids, called)


def _name(document: Document, words: Words, concept: Concept) -> str:
    label = _label(words, concept)
    return one_line(label) if label is not None else one_line(document.end(concept.node))


def _label(words: Words, concept: Concept) -> Literal | None:
    ranked = words.ranked(concept.said, PREFERRED) or words.ranked(concept.said, PLAIN_LABELS)
    return next((one for one in ranked if one.strip()), None)


def _term_ids(document: Document, names: Mapping[Node, str]) -> dict[Node, str]:
    """The end of each concept's address, where that can be an id and names no other concept; else from its name."""
    ends = {node: local_name(str(node)) if isinstance(node, URIRef) else "" for node in names}
    counted, named = Counter(ends.values()), defaultdict(set)
    for node, name in names.items():
        named[name].add(node)
    ids = {
        node: end
        for node, end in ends.items()
        if end and is_id(end) and counted[end] == 1 and named.get(end, {node}) == {node}
    }
    slugs = assign((names[node] for node in names if node not in ids), frozenset(ids.values()))
    for node, name in names.items():
        if node not in ids:
            alone = len(named[name]) == 1
            ids[node] = slugs[name] if alone else with_hash(slug(name), document.address(node))
    return ids


def _term(vocabulary: Vocabulary, concept: Concept, category: str) -> WrittenTerm:
    words, said, name = vocabulary.words, concept.said, vocabulary.names[concept.node]
    aliases = dict.fromkeys(one_line(text) for text in words.ours(said, (*PREFERRED, *OTHER_LABELS)))
    texts = words.ours(said, NOTES)
    own = words.ours(said, DEFINITIONS)
    definition = own[0] if own else words.best(said, DEFINITIONS)
    examples = [f"Example: {text}" for text in words.ours(said, [SKOS.example])]
    return WrittenTerm(
        name=name,
        id=vocabulary.ids[concept.node],
        definition=definition,
        explanation="\n\n".join([text for text in texts if text != definition] + examples),
        category=category,
        aliases=tuple(WrittenText(alias, concept.place) for alias in aliases if alias != name),
        relations=tuple(_relations(vocabulary, concept)),
        position=concept.place,
    )


def _relations(vocabulary: Vocabulary, concept: Concept) -> Iterator[WrittenRelation]:
    """Targets by their names where only one concept has that name, else by their ids."""
    document = vocabulary.document
    for predicate, kind in RELATIONS.items():
        for target in sorted(concept.said.get(predicate, ()), key=document.address):
            to = vocabulary.called.get(target) or one_line(document.end(target))
            yield WrittenRelation(to, kind, "", concept.place)


def _header(vocabulary: Vocabulary, stem: str) -> Header:
    scheme = vocabulary.scheme
    said = said_of(vocabulary.document.graph, scheme) if scheme is not None else {}
    best = vocabulary.words.best

    def address(*predicates: Node) -> str:
        values = [value for predicate in predicates for value in said.get(predicate, ())]
        return best(said, predicates) or next(
            (str(value) for value in sorted(values, key=str) if isinstance(value, URIRef)), ""
        )

    own = str(scheme) if isinstance(scheme, URIRef) and not scheme.startswith(BASE) else ""
    return Header(
        id=slug(stem),
        title=one_line(best(said, TITLES)) or stem,
        version=best(said, [OWL.versionInfo]),
        language=vocabulary.words.language,
        source=address(DCTERMS.source, DC.source) or own,
        license=address(DCTERMS.license, DCTERMS.rights, DC.rights),
    )


def _categories(vocabulary: Vocabulary) -> dict[Node, str]:
    """The label of the collection that a concept is in; of several, the first by label."""
    graph = vocabulary.document.graph
    found: dict[Node, str] = {}
    collections = {*graph.subjects(RDF.type, SKOS.Collection), *graph.subjects(RDF.type, SKOS.OrderedCollection)}
    labels = {one: one_line(vocabulary.words.best(said_of(graph, one), TITLES)) for one in collections}
    for collection, label in sorted(labels.items(), key=lambda row: (row[1], vocabulary.document.address(row[0]))):
        lists = (member for head in graph.objects(collection, SKOS.memberList) for member in graph.items(head))
        for member in (*graph.objects(collection, SKOS.member), *lists):
            if label:
                found.setdefault(member, label)
    return found


def _unlabelled(vocabulary: Vocabulary) -> Iterator[Problem]:
    without = [one for one in vocabulary.concepts if _label(vocabulary.words, one) is None]
    if without:
        named = _some(vocabulary.document.address(one.node) for one in without)
        message = f"{named} without a label, so called by the end of the address: add a skos:prefLabel."
        yield Problem(without[0].place, "missing-name", message, "warning")


def _in_other_languages(vocabulary: Vocabulary) -> Iterator[Problem]:
    labels = [(one, _label(vocabulary.words, one)) for one in vocabulary.concepts]
    foreign = [(one, label) for one, label in labels if label is not None and vocabulary.words.distance(label) == OTHER]
    if foreign:
        address = vocabulary.document.address
        named = _some(f"“{label}” ({label.language}, {address(one.node)})" for one, label in foreign)
        message = f"{named} without a label in {_language(vocabulary)}: add one, or say another --language."
        yield Problem(foreign[0][0].place, "other-language", message, "warning")


def _left_out(vocabulary: Vocabulary) -> Iterator[Problem]:
    """One warning for all that is said of concepts and not read: other predicates, other languages."""
    words = vocabulary.words
    counted: Counter[str] = Counter()
    for concept in vocabulary.concepts:
        for predicate, values in concept.said.items():
            if predicate not in READ:
                counted[_short(vocabulary, vocabulary.document.address(predicate))] += len(values)
        for literal in words.ranked(concept.said, TEXTS):
            if words.distance(literal) == OTHER:
                counted[f"words in {literal.language}"] += 1
    if counted:
        rows = [f"{what} ({count})" for what, count in sorted(counted.items(), key=lambda row: (-row[1], row[0]))]
        more = f" and {len(rows) - MOST_LEFT_OUT} more" if len(rows) > MOST_LEFT_OUT else ""
        message = f"Not read: {', '.join(rows[:MOST_LEFT_OUT])}{more}. --language picks another language."
        yield Problem(Position(vocabulary.document.file), "left-out", message, "warning")


def _short(vocabulary: Vocabulary, address: str) -> str:
    try:
        return one_line(vocabulary.document.graph.namespace_manager.normalizeUri(address))
    except ValueError:
        return one_line(f"<{address}>")


def _some(names: Iterator[str]) -> str:
    """The first few, and how many more."""
    listed = [one_line(name) for name in names]
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return f"{', '.join(listed[:MOST_NAMED])}{more} {'is' if len(listed) == 1 else 'are'}"


def _language(vocabulary: Vocabulary) -> str:
    return vocabulary.words.language or "no language"
