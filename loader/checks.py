"""All checks of a term set by their codes, and what each code means.

Checks here need the whole set but no server. Those on the shape of a file (syntax, keys, types) are found
by the reader as it reads, those on relations' targets by `loader.resolve`; all codes are explained here.
"""

from collections.abc import Callable, Iterator

from graph.kinds import BUILT_IN, inverses
from loader.meaning import circular_definition, repeated_definition
from loader.model import Problem, WrittenSet
from loader.slug import is_id
from loader.term_checks import (
    Judge,
    bad_former_id,
    bad_id,
    duplicate_id,
    duplicate_name,
    missing_definition,
    missing_name,
    overlong_name,
    shared_alias,
    shared_slug,
    unknown_kind,
)


def bad_kind(written: WrittenSet) -> Iterator[Problem]:
    """A kind has an id that can stand in a link, and an inverse of its own."""
    owners: dict[str, str] = {}
    for kind in written.header.kinds:
        place = written.kind_positions.get(kind.id, written.position)
        for name in filter(None, (kind.id, kind.inverse)):
            owner = owners.setdefault(name, kind.id)
            if not is_id(name):
                message = f"The kind {name!r} cannot stand in a link: use letters, digits and hyphens."
                yield Problem(place, "bad-kind", message)
            elif owner != kind.id or (name == kind.inverse == kind.id):
                message = f"The kinds {owner!r} and {kind.id!r} are both called {name!r}: give one another name."
                yield Problem(place, "bad-kind", message)


def bad_set_id(written: WrittenSet) -> Iterator[Problem]:
    """The id of a set stands in links too."""
    if not is_id(written.header.id):
        yield Problem(
            written.position,
            "bad-id",
            f"The set's id {written.header.id!r} cannot stand in a link: use letters, digits and hyphens.",
        )


def redeclared_kind(written: WrittenSet) -> Iterator[Problem]:
    """Built-in kinds mean the same in every set, so a file cannot declare them again."""
    built_in = set(BUILT_IN) | set(inverses(BUILT_IN))
    for kind in written.header.kinds:
        for name in (kind.id, kind.inverse):
            if name in built_in:
                yield Problem(
                    written.kind_positions.get(kind.id, written.position),
                    "redeclared-kind",
                    f"The kind {name!r} is built in: give yours another name.",
                )


def no_terms(written: WrittenSet) -> Iterator[Problem]:
    """A set without terms says nothing; often the list is missing its key `terms:`."""
    if not written.terms:
        yield Problem(written.position, "no-terms", "This set has no terms: add a list under `terms:`.")


SET_CHECKS: tuple[Callable[[WrittenSet], Iterator[Problem]], ...] = (bad_kind, bad_set_id, redeclared_kind, no_terms)
TERM_CHECKS: tuple[Callable[[WrittenSet], Judge], ...] = (
    missing_name,
    missing_definition,
    overlong_name,
    bad_id,
    duplicate_id,
    duplicate_name,
    shared_slug,
    bad_former_id,
    shared_alias,
    repeated_definition,
    circular_definition,
    unknown_kind,
)
EXPLAINED_HERE: dict[str, str] = {
    find.__name__.replace("_", "-"): find.__doc__ or ""
    for find in (*SET_CHECKS, *TERM_CHECKS)
    if find is not bad_set_id  # it shares the code of the terms' ids
}

EXPLAINED_ELSEWHERE: dict[str, str] = {
    "unreadable": "The file cannot be opened, or is not text in UTF-8, nor in an encoding that its first bytes name.",
    "syntax": "The text breaks the rules of its format; the place is where the parser gave up, the mistake is there or "
    "just before.",
    "guessed-encoding": "The table is not UTF-8, so it was read in the encoding that Excel writes: a warning, because "
    "letters may have come out wrong.",
    "bad-header": "The first line of a table names its columns; one must be the name and one the definition.",
    "unknown-column": "A column whose name is not known is left out: a warning. `--map` says what it is.",
    "unsafe-reference": "Nothing in a file may make the loader fetch something or multiply text without end: JSON-LD "
    "contexts on other servers, XML entities that are external, nested or long, and endless addresses are refused.",
    "other-language": "A concept has no label in the language that is read, so another one is its name: a warning.",
    "left-out": "What a vocabulary says of its concepts beyond labels, notes, relations and collections, and in other "
    "languages than the one that is read, is counted and left out: a warning.",
    "extra-field": "A row has more fields than there are columns; usually a text with a comma in it lacks its quotes.",
    "unknown-key": "A key that the format does not know is usually a typing error, and its content would be lost.",
    "duplicate-key": "A key that stands twice in one place would silently lose its first value.",
    "wrong-type": "A value has another shape than its key wants: a list instead of a text, for example.",
    "empty-item": "An item of a list is empty, which is usually a line that was not finished.",
    "no-page": "A text in a folder has no line “Related Terms”: it may be a README, and is not loaded: a warning.",
    "missing-key": "A key that the place cannot do without is absent.",
    "unknown-term": "A relation names a term that is in none of the files and, when loading, in no loaded set either.",
    "ambiguous-alias": "A relation names an alias that several terms share: name one of them, or its id.",
    "self-relation": "A term cannot be related to itself.",
    "conflicting-note": "A relation stands twice in one term with different notes; the first counts: a warning.",
    "isolated-term": "A term without any relation is reached by search alone: a warning.",
    "cycle": "Going from broader to broader, or from part to whole, leads back to where it began: a warning.",
    "hidden-character": "A character that nobody sees, such as a soft hyphen, makes equal names differ: a warning.",
    "yaml-alias": "Anchors and aliases of YAML that repeat so much that the file would grow many times its size.",
    "homograph": "A loaded set has a term of the same name under another id: two terms, or one to join: a warning.",
    "loaded-alias": "An alias is the name of a term in a loaded set, which it will mean there: a warning.",
    "repeated-relation": "A relation of the same kind to the same term stands twice in one term: a warning.",
    "duplicate-set": "Two files of one command have the same set id; the second would replace the first.",
    "kind-symmetry": "A loaded set declares the same kind with a direction and this file without, or the reverse.",
}


def check(written: WrittenSet) -> list[Problem]:
    """All problems of a set that can be seen without a server, in the order of the file."""
    problems = [problem for find in SET_CHECKS for problem in find(written)]
    judges = [find(written) for find in TERM_CHECKS]
    for index, term in enumerate(written.terms):
        for judge in judges:
            problems += judge(index, term)
    return sorted(problems)


def explain(code: str) -> str | None:
    """What a code means, or None for an unknown one."""
    return EXPLAINED_HERE.get(code) or EXPLAINED_ELSEWHERE.get(code)


def codes() -> list[str]:
    """Every code there is."""
    return sorted({*EXPLAINED_HERE, *EXPLAINED_ELSEWHERE})
