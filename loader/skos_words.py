"""The labels and texts of RDF things in one language, and which language that is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph
from rdflib.namespace import DC, DCTERMS, RDF
from rdflib.term import Literal, Node, URIRef

from loader.model import tidy

LITERAL_FORM = URIRef("http://www.w3.org/2008/05/skos-xl#literalForm")
LANGUAGES = (DCTERMS.language, DC.language)
SAME, ALIKE, UNTAGGED, OTHER = range(4)
Said = Mapping[Node, list[Node]]


@dataclass(frozen=True)
class Words:
    """Picks words by language. What bears no language counts as any, after those that bear the wanted one."""

    graph: Graph
    language: str

    def distance(self, literal: Literal) -> int:
        """How far the literal's language is from the wanted one."""
        tag = (literal.language or "").lower()
        if tag == self.language:
            return SAME
        if not tag:
            return UNTAGGED
        return ALIKE if _family(tag) == _family(self.language) else OTHER

    def ranked(self, said: Said, predicates: Iterable[Node]) -> list[Literal]:
        """All literals of the predicates, the best language first."""
        found = (one for predicate in predicates for one in self.literals(said, predicate))
        return sorted(found, key=lambda one: (self.distance(one), one.language or "", str(one)))

    def best(self, said: Said, predicates: Iterable[Node]) -> str:
        """The text of the first predicate that has any, in the best language."""
        return next((tidy(one) for predicate in predicates for one in self.ranked(said, [predicate])), "")

    def ours(self, said: Said, predicates: Iterable[Node]) -> list[str]:
        """The texts in the wanted language, predicate by predicate."""
        found = (one for predicate in predicates for one in self.ranked(said, [predicate]))
        return list(dict.fromkeys(tidy(one) for one in found if self.distance(one) < OTHER and tidy(one)))

    def literals(self, said: Said, predicate: Node) -> Iterator[Literal]:
        """The literals of a predicate, also those one step away, where a label or a note is a thing of its own."""
        for value in said.get(predicate, ()):
            if isinstance(value, Literal):
                yield value
            else:
                inner = (*self.graph.objects(value, LITERAL_FORM), *self.graph.objects(value, RDF.value))
                yield from (one for one in inner if isinstance(one, Literal))


def said_of(graph: Graph, subject: Node) -> dict[Node, list[Node]]:
    """What the graph says of a subject, by predicate."""
    said: dict[Node, list[Node]] = {}
    for predicate, value in graph.predicate_objects(subject):
        said.setdefault(predicate, []).append(value)
    return said


def pick_language(wanted: str, scheme: Said, labels: Iterable[Literal], texts: Iterable[Literal]) -> str:
    """The wanted language, else the only one that the scheme declares, else that of most labels, then of most texts."""
    if wanted:
        return wanted.lower()
    spoken, written = (Counter((one.language or "").lower() for one in group) for group in (labels, texts))
    declared = {_tag(value) for predicate in LANGUAGES for value in scheme.get(predicate, ())} & set(spoken)
    if len(declared) == 1:
        return declared.pop()
    return min(spoken, key=lambda tag: (-spoken[tag], not tag, -written[tag], tag), default="")


def _tag(value: Node) -> str:
    """A language's tag, also where it is the end of an address."""
    return re.split("[#/:]", str(value))[-1].lower()


def _family(tag: str) -> str:
    return tag.split("-")[0]
