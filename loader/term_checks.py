"""Checks of terms, each a function that gives a judge for a set: what is wrong with this term, the index-th of the set?

All judges hear every term once, in the order of the file, so that a set need not be in memory; what they must know of
other terms stands in the set's heads.
"""

from collections.abc import Callable, Sequence

from graph.kinds import BUILT_IN, inverses
from loader.entries import MENTION
from loader.model import Place, Problem, WrittenSet, WrittenTerm
from loader.slug import is_id, slug

Judge = Callable[[int, WrittenTerm], Sequence[Problem]]
MOST_NAME = 300
FINE: tuple[Problem, ...] = ()


def missing_name(_written: WrittenSet) -> Judge:
    """Every term has a name: it is what a reader sees on the map, and its id unless one is given."""

    def judge(_: int, term: WrittenTerm) -> Sequence[Problem]:
        if term.name:
            return FINE
        return [Problem.at(term.position, "missing-name", "This term has no name: add `name: …`.")]

    return judge


def missing_definition(written: WrittenSet) -> Judge:
    """Every term has a definition of one or two sentences: without it a click on the map tells nothing.

    In a SKOS vocabulary, or a set with `definitions: optional`, it is a single warning.
    """
    told: list[int] = []

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        if term.definition or not term.name:
            return FINE
        if not written.lenient:
            remedy = "write it below the name" if term.role == MENTION else "add `definition: …`"
            message = f"{_named(term)} has no definition: {remedy}."
            return [Problem.at(term.position, "missing-definition", message)]
        if told:
            return FINE
        told.append(index)
        count = sum(1 for other in written.terms if other.name and not other.definition)
        message = f"{_named(term)} has no definition ({count} in all): a click on the map tells little."
        return [Problem.at(term.position, "missing-definition", message, "warning")]

    return judge


def overlong_name(_written: WrittenSet) -> Judge:
    """A name has at most 300 characters: longer ones are usually a definition in the wrong place."""

    def judge(_: int, term: WrittenTerm) -> Sequence[Problem]:
        if len(term.name) <= MOST_NAME:
            return FINE
        message = f"The name “{term.name[:40]}…” has {len(term.name)} characters, {MOST_NAME} are the most: shorten it."
        return [Problem.at(term.position, "overlong-name", message)]

    return judge


def bad_id(_written: WrittenSet) -> Judge:
    """An id stands in links, so it has no white space and none of / ? # & = % + \\ < > or quotes."""

    def judge(_: int, term: WrittenTerm) -> Sequence[Problem]:
        if not term.id or is_id(term.id):
            return FINE
        message = f"The id {term.id!r} of {_named(term)} cannot stand in a link: use letters, digits and hyphens."
        return [Problem.at(term.position, "bad-id", message)]

    return judge


def duplicate_id(written: WrittenSet) -> Judge:
    """An id names one term of a set; the second that gives the same id is reported."""
    first = _first(written.heads.given)

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        if not term.id or first[term.id] == index:
            return FINE
        message = f"The id {term.id!r} is taken by {_known(written, first[term.id])}: give another id."
        return [Problem.at(term.position, "duplicate-id", message)]

    return judge


def duplicate_name(written: WrittenSet) -> Judge:
    """Two terms of one name in a set need an id each, or nobody could tell them apart."""
    heads = written.heads
    first = _first(heads.names)

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        other = first[term.name]
        if not term.name or other == index or (term.id and heads.given[other]):
            return FINE
        message = (
            f"{_named(term)} is defined in line {heads.lines[other]} already: "
            "merge the two, or give each an `id` of its own."
        )
        return [Problem.at(term.position, "duplicate-name", message)]

    return judge


def shared_slug(written: WrittenSet) -> Judge:
    """Names that differ in signs alone, such as login and LOGIN, would get one id: all but one get a hash in theirs."""
    ids = written.heads.ids

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        if term.id or not term.name or ids[index] == slug(term.name):
            return FINE
        message = (
            f"{_named(term)} would get the id of another term, {slug(term.name)!r}, so it gets {ids[index]!r}: "
            "give it an `id` that you like better."
        )
        return [Problem.at(term.position, "shared-slug", message, "warning")]

    return judge


def bad_former_id(written: WrittenSet) -> Judge:
    """A former id stands in links, as an id does, and is not the term's own."""
    ids = written.heads.ids

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        found = []
        for former in term.formerly:
            if not is_id(former.text) or former.text == ids[index]:
                why = "is its id now" if former.text == ids[index] else "never stood in a link"
                message = f"The former id {former.text[:60]!r} of {_named(term)} {why}: correct it, or take it out."
                found.append(Problem.at(former.position, "bad-former-id", message))
        return found

    return judge


def shared_alias(written: WrittenSet) -> Judge:
    """An alias that several terms share, or that is another term's name, finds no single term: a warning."""
    heads = written.heads
    names = set(heads.names) if heads.aliases else set()
    owners = _first(heads.aliases)

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        found = []
        for alias in term.aliases:
            if alias.text in names and alias.text != term.name:
                what = "is another term's name, which it will always mean"
                found.append(_shared(term, alias.text, what, alias.position))
            owner = heads.owners[owners[alias.text]]
            if owner != index:
                what = f"is one of “{heads.names[owner]}” too: relations must name the term itself"
                found.append(_shared(term, alias.text, what, alias.position))
        return found

    return judge


def unknown_kind(written: WrittenSet) -> Judge:
    """A relation's kind is built in, or declared under `kinds:` in the file (its inverse may be written too)."""
    known = {**BUILT_IN, **{kind.id: kind for kind in written.header.kinds}}
    allowed = set(known) | set(inverses(known))

    def judge(_: int, term: WrittenTerm) -> Sequence[Problem]:
        return [
            Problem.at(
                relation.position,
                "unknown-kind",
                f"The kind {relation.kind!r} is unknown: use one of {', '.join(sorted(allowed))}, "
                "or declare it under `kinds:`.",
            )
            for relation in term.relations
            if relation.kind not in allowed
        ]

    return judge


def _shared(term: WrittenTerm, alias: str, what: str, place: Place) -> Problem:
    return Problem.at(place, "shared-alias", f"The alias “{alias}” of {_named(term)} {what}.", "warning")


def _first(texts: Sequence[str]) -> dict[str, int]:
    """Where each text comes first."""
    found: dict[str, int] = {}
    for index, text in enumerate(texts):
        found.setdefault(text, index)
    return found


def _named(term: WrittenTerm) -> str:
    return f"“{term.name}”" if term.name else f"the term in line {term.position.line}"


def _known(written: WrittenSet, index: int) -> str:
    name, line = written.heads.names[index], written.heads.lines[index]
    return f"“{name}” in line {line}" if name else f"the term in line {line}"
