"""From names to ids: which term each relation of a written set means.

A target is looked up in its own file, then in the other files of the command, then in the loaded sets;
the first that knows the text at all decides. Pure: loaded names come as data.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.kinds import BUILT_IN, Kind, inverses
from loader.entries import Entries, Entry
from loader.meaning import HIERARCHIES, Links, connections
from loader.model import Problem, ResolvedSet, WrittenRelation, WrittenSet, WrittenTerm
from loader.slug import slug, with_hash
from loader.uncollected import uncollected

ALIKE = 60
MOST_GUESSED = 200


@dataclass(frozen=True)
class Named:
    """A term as far as names go."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


Index = dict[str, str | tuple[str, ...]]


class Names:
    """Finds terms by id, name or alias, and by the ids that they had before.

    A name wins over an alias; upper and lower case differ, unless only one term is meant either way.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, int] = {}
        self.names: Index = {}
        self.aliases: Index = {}
        self.former: Index = {}
        self._folded: tuple[Index, Index] | None = None

    @classmethod
    def of(cls, terms: Iterable[Named]) -> "Names":
        names = cls()
        for term in terms:
            names.by_id.setdefault(term.id, len(names.by_id))
            _put(names.names, term.name, term.id)
            for alias in term.aliases:
                _put(names.aliases, alias, term.id)
            for old in term.former:
                _put(names.former, old, term.id)
        return names

    def find(self, text: str) -> list[str]:
        """Ids of the terms that the text may mean, sorted; none when it is unknown here."""
        if text in self.names and (isinstance(self.names[text], str) or text not in self.by_id):
            return _get(self.names, text)
        if text in self.by_id:
            return [text]
        folded_names, folded_aliases = self._fold()
        folded = text.casefold()
        return _get(self.aliases, text) or _get(folded_names, folded) or _get(folded_aliases, folded)

    def find_former(self, text: str) -> list[str]:
        """Ids of the terms that had this id before, sorted."""
        return _get(self.former, text)

    def all_texts(self) -> list[str]:
        return [*self.names, *self.aliases]

    def _fold(self) -> tuple[Index, Index]:
        """The same without upper case, made when a text is found in no other way."""
        if self._folded is None:
            self._folded = {}, {}
            for index, folded in zip((self.names, self.aliases), self._folded, strict=True):
                for text in index:
                    for term_id in _get(index, text):
                        _put(folded, text.casefold(), term_id)
        return self._folded


def _put(index: Index, text: str, term_id: str) -> None:
    found = index.setdefault(text, term_id)
    if found != term_id:
        # Most texts mean one term, and a million sets of one would not fit in memory.
        index[text] = tuple(sorted({*((found,) if isinstance(found, str) else found), term_id}))


def _get(index: Index, text: str) -> list[str]:
    found = index.get(text, ())
    return [found] if isinstance(found, str) else list(found)


@dataclass(frozen=True)
class Scope:
    """Where a relation's target is looked up: in all files of the command, then in the loaded sets.

    `loaded` is asked only when a name is in none of the files, for it may take long; None without a server.
    """

    files: Names
    loaded: Callable[[], Names] | None
    allow_undefined: bool = False


def named_terms(written: WrittenSet) -> Iterator[Named]:
    """The terms of a written set as names."""
    heads = written.heads
    for index, aliases in heads.with_aliases():
        yield Named(heads.ids[index], heads.names[index], aliases, heads.former.get(index, ()))


@uncollected()
def resolve_all(
    sets: Sequence[WrittenSet], loaded: Callable[[], Iterable[Named]] | None, allow_undefined: bool
) -> tuple[list[ResolvedSet], list[Problem]]:
    """Every set with its relations' targets as ids, and the problems of the targets."""
    own = [Names.of(named_terms(written)) for written in sets]
    known = None if loaded is None else cache(lambda: Names.of(loaded()))
    files = own[0] if len(own) == 1 else Names.of(named for written in sets for named in named_terms(written))
    scope = Scope(files, known, allow_undefined)
    resolved, problems, links = [], [], []
    for written, names in zip(sets, own, strict=True):
        one = _Resolution(written, names, scope)
        resolved.append(one.run())
        problems += one.problems
        links.append(one.links)
    if not any(problem.is_error for problem in problems):
        problems += connections(list(zip(sets, resolved, strict=True)), links)
    return resolved, sorted(problems)


def _repeated(term: WrittenTerm, relation: WrittenRelation, first: WrittenRelation) -> Problem:
    what = f"“{term.name}” names “{relation.to}” with the kind {relation.kind!r} twice"
    if relation.note == first.note:
        return Problem.at(relation.position, "repeated-relation", f"{what}: keep one.", "warning")
    message = f"{what}, with different notes, and the one in line {first.position.line} counts: keep one."
    return Problem.at(relation.position, "conflicting-note", message, "warning")


class _Resolution:
    """One set being resolved; collects its problems."""

    def __init__(self, written: WrittenSet, own: Names, scope: Scope) -> None:
        self.written, self.own, self.scope = written, own, scope
        self.problems: list[Problem] = []
        self.kinds = {**BUILT_IN, **{kind.id: kind for kind in written.header.kinds}}
        self.inverses = inverses(self.kinds)
        self.links = Links(linked=bytearray(len(written.terms)))
        self._texts: list[str] | None = None

    def run(self) -> ResolvedSet:
        heads = self.written.heads
        entries = Entries()
        for index, term in enumerate(self.written.terms):
            body = self._body(term, heads.ids[index])
            entries.put(Entry(heads.ids[index], term.role, body))
            self._link(index, heads.ids[index], body.get("relations", ()))
        return ResolvedSet(self.written.header, entries, self.written.position, heads)

    def _link(self, index: int, term_id: str, rows: Sequence[dict[str, Any]]) -> None:
        for row in rows:
            self.links.linked[index] = 1
            other = self.own.by_id.get(row["to"])
            if other is None:
                self.links.abroad.add(row["to"])
            else:
                self.links.linked[other] = 1
            if row["kind"] in HIERARCHIES:
                # The id of the heads is the same object for all who name it.
                to = row["to"] if other is None else self.written.heads.ids[other]
                edge = (to, term_id) if row.get("inverse") else (term_id, to)
                self.links.hierarchies.setdefault(row["kind"], []).append(edge)

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
            row: dict[str, Any] = {"kind": kind.id, "to": to, "name": relation.to}
            if relation.note:
                row["note"] = relation.note
            if inverse:
                row["inverse"] = True
            rows.append(row)
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
            self.problems.append(Problem.at(relation.position, "ambiguous-alias", message))
            return None
        if not found:
            return self._unknown(relation)
        if found[0] == term_id:
            message = f"“{term.name}” is related to itself (by “{relation.to}”): name another term, or remove the line."
            self.problems.append(Problem.at(relation.position, "self-relation", message))
            return None
        return found[0]

    def _look_up(self, text: str) -> list[str]:
        """What the first layer that knows the text at all takes it for; a former id counts where no layer does."""
        found = self.own.find(text)
        if not found and self.scope.files is not self.own:
            found = self.scope.files.find(text)
        if not found and self.scope.loaded:
            found = self.scope.loaded().find(text)
        return found or next(filter(None, (names.find_former(text) for names in self._layers())), [])

    def _layers(self) -> tuple[Names, ...]:
        files = () if self.scope.files is self.own else (self.scope.files,)
        return (self.own, *files, *((self.scope.loaded(),) if self.scope.loaded else ()))

    def _unknown(self, relation: WrittenRelation) -> str | None:
        if self.scope.allow_undefined:
            return self._undefined(relation.to)
        guess = self._did_you_mean(relation.to)
        where = "in these files or the loaded sets" if self.scope.loaded is not None else "in these files"
        hint = f" (did you mean “{guess}”?)" if guess else ": define it, or correct the name"
        severity = "error" if self.scope.loaded is not None else "warning"
        message = f"The related term “{relation.to}” is not {where}{hint}."
        self.problems.append(Problem.at(relation.position, "unknown-term", message, severity))
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
        from rapidfuzz import fuzz, process

        if self._texts is None:
            self._texts = [known for names in self._layers() for known in names.all_texts()]
        match = process.extractOne(text, self._texts, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=ALIKE)
        return match[0] if match else None
