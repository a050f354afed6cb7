"""From names to ids: which term each relation of a written set means.

A target is looked up in its own file, then in the other files of the command, then in the loaded sets;
the first that knows the text at all decides. Pure: loaded names come as data.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from graph.kinds import BUILT_IN, Kind, inverses
from loader.meaning import connections
from loader.model import Entry, Position, Problem, ResolvedSet, WrittenRelation, WrittenSet, WrittenTerm
from loader.slug import assign, slug, with_hash

ALIKE = 60
MOST_GUESSED = 200


@dataclass(frozen=True)
class Named:
    """A term as far as names go."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass
class Names:
    """Finds terms by id, name or alias. A name wins over an alias; upper and lower case differ, unless only
    one term is meant either way."""

    by_id: set[str] = field(default_factory=set)
    exact: tuple[dict[str, set[str]], dict[str, set[str]]] = field(default_factory=lambda: _two_indexes())
    folded: tuple[dict[str, set[str]], dict[str, set[str]]] = field(default_factory=lambda: _two_indexes())

    @classmethod
    def of(cls, terms: Iterable[Named]) -> "Names":
        names = cls()
        for term in terms:
            names.by_id.add(term.id)
            names.exact[0][term.name].add(term.id)
            names.folded[0][term.name.casefold()].add(term.id)
            for alias in term.aliases:
                names.exact[1][alias].add(term.id)
                names.folded[1][alias.casefold()].add(term.id)
        return names

    def find(self, text: str) -> list[str]:
        """Ids of the terms that the text may mean, sorted; none when it is unknown here."""
        by_name, by_alias = self.exact
        if text in by_name and (len(by_name[text]) == 1 or text not in self.by_id):
            return sorted(by_name[text])
        if text in self.by_id:
            return [text]
        folded = text.casefold()
        for index, key in ((by_alias, text), (self.folded[0], folded), (self.folded[1], folded)):
            if found := index.get(key):
                return sorted(found)
        return []

    def all_texts(self) -> list[str]:
        return [*self.exact[0], *self.exact[1]]


def _two_indexes() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    return defaultdict(set), defaultdict(set)


@dataclass(frozen=True)
class Scope:
    """Where a relation's target is looked up: in all files of the command, then in the loaded sets.

    `loaded` is asked only when a name is in none of the files, for it may take long; None without a server.
    """

    files: Names
    loaded: Callable[[], Names] | None
    allow_undefined: bool = False


def term_ids(written: WrittenSet) -> dict[int, str]:
    """The id of each term of a set, by its place in the list: as given, else from the slugs of all names."""
    given = frozenset(term.id for term in written.terms if term.id)
    assigned = assign((term.name for term in written.terms if not term.id), given)
    return {index: term.id or assigned[term.name] for index, term in enumerate(written.terms)}


def named_terms(written: WrittenSet) -> list[Named]:
    """The terms of a written set as names."""
    ids = term_ids(written)
    return [
        Named(ids[index], term.name, tuple(alias.text for alias in term.aliases))
        for index, term in enumerate(written.terms)
    ]


def resolve_all(
    sets: Sequence[WrittenSet], loaded: Callable[[], Iterable[Named]] | None, allow_undefined: bool
) -> tuple[list[ResolvedSet], list[Problem]]:
    """Every set with its relations' targets as ids, and the problems of the targets."""
    rows = [named_terms(written) for written in sets]
    known = None if loaded is None else cache(lambda: Names.of(loaded()))
    scope = Scope(Names.of(term for terms in rows for term in terms), known, allow_undefined)
    resolved, problems = [], []
    for written, terms in zip(sets, rows, strict=True):
        one = _Resolution(written, Names.of(terms), scope)
        resolved.append(one.run())
        problems += one.problems
    if not any(problem.is_error for problem in problems):
        problems += connections(list(zip(sets, resolved, strict=True)))
    return resolved, sorted(problems)


def _repeated(term: WrittenTerm, relation: WrittenRelation, first: WrittenRelation) -> Problem:
    what = f"“{term.name}” names “{relation.to}” with the kind {relation.kind!r} twice"
    if relation.note == first.note:
        return Problem(relation.position, "repeated-relation", f"{what}: keep one.", "warning")
    message = f"{what}, with different notes, and the one in line {first.position.line} counts: keep one."
    return Problem(relation.position, "conflicting-note", message, "warning")


class _Resolution:
    """One set being resolved; collects its problems."""

    def __init__(self, written: WrittenSet, own: Names, scope: Scope) -> None:
        self.written, self.own, self.scope = written, own, scope
        self.problems: list[Problem] = []
        self.kinds = {**BUILT_IN, **{kind.id: kind for kind in written.header.kinds}}
        self.inverses = inverses(self.kinds)
        self.places: dict[tuple[str, str, str, bool], Position] = {}
        self._texts: list[str] | None = None

    def run(self) -> ResolvedSet:
        ids = term_ids(self.written)
        entries: dict[str, Entry] = {}
        for index, term in enumerate(self.written.terms):
            entries[ids[index]] = Entry(ids[index], term.role, self._body(term, ids[index]))
        places = {ids[index]: term.position for index, term in enumerate(self.written.terms)}
        return ResolvedSet(self.written.header, entries, self.written.position, places, self.places)

    def _body(self, term: WrittenTerm, term_id: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "name": term.name,
            "definition": term.definition,
            "explanation": term.explanation,
            "category": term.category,
            "aliases": list(dict.fromkeys(alias.text for alias in term.aliases if alias.text != term.name)),
            "former": list(dict.fromkeys(former.text for former in term.formerly)),
            "relations": self._relations(term, term_id),
        }
        return {key: value for key, value in body.items() if value}

    def _relations(self, term: WrittenTerm, term_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        seen: dict[tuple[str, str, bool], WrittenRelation] = {}
        for relation in term.relations:
            to = self._target(relation, term, term_id)
            kind, inverse = self._kind(relation.kind)
            if to is None or kind is None:
                continue
            if (kind.id, to, inverse) in seen:
                self.problems.append(_repeated(term, relation, seen[kind.id, to, inverse]))
                continue
            seen[kind.id, to, inverse] = relation
            self.places[term_id, kind.id, to, inverse] = relation.position
            row: dict[str, Any] = {"kind": kind.id, "to": to, "name": relation.to}
            rows.append(
                row | ({"note": relation.note} if relation.note else {}) | ({"inverse": True} if inverse else {})
            )
        return rows

    def _kind(self, text: str) -> tuple[Kind | None, bool]:
        if text in self.kinds:
            return self.kinds[text], False
        return self.inverses.get(text), True

    def _target(self, relation: WrittenRelation, term: WrittenTerm, term_id: str) -> str | None:
        found = self._look_up(relation.to)
        if len(found) > 1:
            candidates = ", ".join(found)
            message = f"“{relation.to}” may mean {candidates}: name the term itself, or its id."
            self.problems.append(Problem(relation.position, "ambiguous-alias", message))
            return None
        if not found:
            return self._unknown(relation)
        if found[0] == term_id:
            message = f"“{term.name}” is related to itself (by “{relation.to}”): name another term, or remove the line."
            self.problems.append(Problem(relation.position, "self-relation", message))
            return None
        return found[0]

    def _look_up(self, text: str) -> list[str]:
        found = self.own.find(text) or self.scope.files.find(text)
        return found or (self.scope.loaded().find(text) if self.scope.loaded else [])

    def _layers(self) -> tuple[Names, ...]:
        return (self.own, self.scope.files, *((self.scope.loaded(),) if self.scope.loaded else ()))

    def _unknown(self, relation: WrittenRelation) -> str | None:
        if self.scope.allow_undefined:
            return self._undefined(relation.to)
        guess = self._did_you_mean(relation.to)
        where = "in these files or the loaded sets" if self.scope.loaded is not None else "in these files"
        hint = f" (did you mean “{guess}”?)" if guess else ": define it, or correct the name"
        severity = "error" if self.scope.loaded is not None else "warning"
        message = f"The related term “{relation.to}” is not {where}{hint}."
        self.problems.append(Problem(relation.position, "unknown-term", message, severity))
        return None

    def _undefined(self, text: str) -> str:
        """The id of a term that nobody defines: the slug, told apart from a known term of another name."""
        plain = slug(text)
        taken = any(plain in names.by_id for names in self._layers())
        return with_hash(plain, text) if taken else plain

    def _did_you_mean(self, text: str) -> str | None:
        """The name most alike; none past the first 200 problems, where nobody reads guesses any more."""
        if len(self.problems) > MOST_GUESSED:
            return None
        if self._texts is None:
            self._texts = [known for names in self._layers() for known in names.all_texts()]
        match = process.extractOne(text, self._texts, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=ALIKE)
        return match[0] if match else None
