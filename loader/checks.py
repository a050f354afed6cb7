"""The checks of a term set: one function a check, one code a check; its docstring explains the code.

Checks here need the whole set but no server. Those on the shape of a file (syntax, keys, types) are found
by the reader as it reads, those on relations' targets by `loader.resolve`; all codes are explained here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from graph.kinds import BUILT_IN, inverses
from loader.meaning import circular_definition, repeated_definition
from loader.model import MENTION, Problem, WrittenSet, WrittenTerm
from loader.resolve import term_ids
from loader.slug import is_id, slug

Check = Callable[[WrittenSet], Iterator[Problem]]
MOST_NAME = 300


def missing_name(written: WrittenSet) -> Iterator[Problem]:
    """Every term has a name: it is what a reader sees on the map, and its id unless one is given."""
    for term in written.terms:
        if not term.name:
            yield Problem(term.position, "missing-name", "This term has no name: add `name: …`.")


def missing_definition(written: WrittenSet) -> Iterator[Problem]:
    """Every term has a definition of one or two sentences: without it a click on the map tells nothing.

    In a SKOS vocabulary, or a set with `definitions: optional`, it is a single warning.
    """
    without = [term for term in written.terms if term.name and not term.definition]
    if written.lenient and without:
        message = f"{_named(without[0])} has no definition ({len(without)} in all): a click on the map tells little."
        yield Problem(without[0].position, "missing-definition", message, "warning")
        return
    for term in without:
        remedy = "write it below the name" if term.role == MENTION else "add `definition: …`"
        yield Problem(term.position, "missing-definition", f"{_named(term)} has no definition: {remedy}.")


def overlong_name(written: WrittenSet) -> Iterator[Problem]:
    """A name has at most 300 characters: longer ones are usually a definition in the wrong place."""
    for term in written.terms:
        if len(term.name) > MOST_NAME:
            yield Problem(
                term.position,
                "overlong-name",
                f"The name “{term.name[:40]}…” has {len(term.name)} characters, {MOST_NAME} are the most: shorten it.",
            )


def bad_id(written: WrittenSet) -> Iterator[Problem]:
    """An id stands in links, so it has no white space and none of / ? # & = % + \\ < > or quotes."""
    for term in written.terms:
        if term.id and not is_id(term.id):
            yield Problem(
                term.position,
                "bad-id",
                f"The id {term.id!r} of {_named(term)} cannot stand in a link: use letters, digits and hyphens.",
            )
    if not is_id(written.header.id):
        yield Problem(
            written.position,
            "bad-id",
            f"The set's id {written.header.id!r} cannot stand in a link: use letters, digits and hyphens.",
        )


def duplicate_id(written: WrittenSet) -> Iterator[Problem]:
    """An id names one term of a set; the second that gives the same id is reported."""
    seen: dict[str, WrittenTerm] = {}
    for term in written.terms:
        if term.id and term.id in seen:
            first = seen[term.id]
            yield Problem(
                term.position,
                "duplicate-id",
                f"The id {term.id!r} is taken by {_named(first)} in line {first.position.line}: give another id.",
            )
        elif term.id:
            seen[term.id] = term


def duplicate_name(written: WrittenSet) -> Iterator[Problem]:
    """Two terms of one name in a set need an id each, or nobody could tell them apart."""
    seen: dict[str, WrittenTerm] = {}
    for term in written.terms:
        first = seen.setdefault(term.name, term)
        if term.name and first is not term and not (term.id and first.id):
            yield Problem(
                term.position,
                "duplicate-name",
                f"{_named(term)} is defined in line {first.position.line} already: "
                "merge the two, or give each an `id` of its own.",
            )


def shared_slug(written: WrittenSet) -> Iterator[Problem]:
    """Names that differ in signs alone, such as login and LOGIN, would get one id: all but one get a hash in theirs."""
    ids = term_ids(written)
    for index, term in enumerate(written.terms):
        if term.name and not term.id and ids[index] != slug(term.name):
            message = (
                f"{_named(term)} would get the id of another term, {slug(term.name)!r}, so it gets {ids[index]!r}: "
                "give it an `id` that you like better."
            )
            yield Problem(term.position, "shared-slug", message, "warning")


def bad_former_id(written: WrittenSet) -> Iterator[Problem]:
    """A former id stands in links, as an id does, and is not the term's own."""
    ids = term_ids(written)
    for index, term in enumerate(written.terms):
        for former in term.formerly:
            if not is_id(former.text) or former.text == ids[index]:
                why = "is its id now" if former.text == ids[index] else "never stood in a link"
                message = f"The former id {former.text[:60]!r} of {_named(term)} {why}: correct it, or take it out."
                yield Problem(former.position, "bad-former-id", message)


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


def shared_alias(written: WrittenSet) -> Iterator[Problem]:
    """An alias that several terms share, or that is another term's name, finds no single term: a warning."""
    names = {term.name for term in written.terms}
    owners: dict[str, list[WrittenTerm]] = defaultdict(list)
    for term in written.terms:
        for alias in term.aliases:
            if alias.text in names and alias.text != term.name:
                yield Problem(
                    alias.position,
                    "shared-alias",
                    f"The alias “{alias.text}” of {_named(term)} is another term's name, which it will always mean.",
                    "warning",
                )
            if owners[alias.text] and owners[alias.text][0] is not term:
                yield Problem(
                    alias.position,
                    "shared-alias",
                    f"The alias “{alias.text}” of {_named(term)} is one of {_named(owners[alias.text][0])} too: "
                    "relations must name the term itself.",
                    "warning",
                )
            owners[alias.text].append(term)


def unknown_kind(written: WrittenSet) -> Iterator[Problem]:
    """A relation's kind is built in, or declared under `kinds:` in the file (its inverse may be written too)."""
    known = {**BUILT_IN, **{kind.id: kind for kind in written.header.kinds}}
    allowed = set(known) | set(inverses(known))
    for term in written.terms:
        for relation in term.relations:
            if relation.kind not in allowed:
                yield Problem(
                    relation.position,
                    "unknown-kind",
                    f"The kind {relation.kind!r} is unknown: use one of {', '.join(sorted(allowed))}, "
                    "or declare it under `kinds:`.",
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


CHECKS: tuple[Check, ...] = (
    missing_name,
    missing_definition,
    overlong_name,
    bad_id,
    duplicate_id,
    duplicate_name,
    shared_slug,
    bad_former_id,
    bad_kind,
    shared_alias,
    repeated_definition,
    circular_definition,
    unknown_kind,
    redeclared_kind,
    no_terms,
)

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
    return sorted(problem for find in CHECKS for problem in find(written))


def explain(code: str) -> str | None:
    """What a code means, or None for an unknown one."""
    by_code = {find.__name__.replace("_", "-"): find.__doc__ or "" for find in CHECKS}
    return by_code.get(code) or EXPLAINED_ELSEWHERE.get(code)


def codes() -> list[str]:
    """Every code there is."""
    return sorted({find.__name__.replace("_", "-") for find in CHECKS} | set(EXPLAINED_ELSEWHERE))


def _named(term: WrittenTerm) -> str:
    return f"“{term.name}”" if term.name else f"the term in line {term.position.line}"
