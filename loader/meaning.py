"""Checks on what definitions say, and on how the terms of a set hang together. Warnings all: the set can be loaded."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise

from loader.model import Place, Position, Problem, ResolvedSet, WrittenSet, WrittenTerm
from loader.term_checks import Judge

POINTS = re.compile(
    r"^(see( also)?|same as|(an? )?(synonym|abbreviation|acronym|short|another (name|word)) (of|for)|short for)\b",
    re.IGNORECASE,
)
NOISE = str.maketrans(dict.fromkeys("“”\"'`*_.,;:!()[]", " "))
ARTICLES = frozenset(("a", "an", "the"))
HIERARCHIES = ("broader", "part-of")
NAMED = 5
MOST_POINTING = 12  # words and signs of a definition that may stand around the name that it points at


@dataclass
class Links:
    """How the terms of a set hang together.

    `linked` tells which of them, in their order, have a relation; `abroad` are the terms that relations reach beyond
    the set; `hierarchies` have the pairs of each, from the narrower term or the part to the wider or the whole.
    """

    linked: bytearray = field(default_factory=bytearray)
    abroad: set[str] = field(default_factory=set)
    hierarchies: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def repeated_definition(written: WrittenSet) -> Judge:
    """Two terms with the same definition are one term with an alias, or one of them was pasted in the wrong place."""
    heads = written.heads
    first: dict[bytes, int] = {}

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        text = " ".join(term.definition.casefold().split())
        # The digest of a text stands for it, for the texts of a large set would not fit in memory.
        other = first.setdefault(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), index)
        if other == index or not text:
            return ()
        message = (
            f"“{term.name}” has the definition of “{heads.names[other]}” in line {heads.lines[other]}: "
            "make it an alias there, or tell what is different."
        )
        return [Problem.at(term.position, "repeated-definition", message, "warning")]

    return judge


def circular_definition(written: WrittenSet) -> Judge:
    """A definition that is only the term's own name, or two that each only point at the other, explain nothing."""
    names = written.heads.names
    by_name: dict[str, int] = {}
    for index, aliases in written.heads.with_aliases():
        by_name.update((_plain(text), index) for text in (*aliases, names[index]))
    longest = max((text.count(" ") + 1 for text in by_name), default=0) + MOST_POINTING
    points: dict[int, tuple[int, Place]] = {}

    def judge(index: int, term: WrittenTerm) -> Sequence[Problem]:
        if not term.definition or len(term.definition.split(None, longest)) > longest:
            return ()
        other = by_name.get(_plain(POINTS.sub("", term.definition.strip())))
        if other is None:
            return ()
        points[index] = other, term.position
        if other == index:
            message = f"“{term.name}” is defined by its own name: say what it is."
            return [Problem.at(term.position, "circular-definition", message, "warning")]
        if points.get(other, (None,))[0] != index:
            return ()
        return [
            _pair(names[one], names[two], place)
            for one, two, place in ((index, other, term.position), (other, index, points[other][1]))
        ]

    return judge


def _pair(name: str, other: str, place: Place) -> Problem:
    message = f"“{name}” is defined by “{other}”, and that by “{name}”: say what one of them is."
    return Problem.at(place, "circular-definition", message, "warning")


def connections(sets: Sequence[tuple[WrittenSet, ResolvedSet]], links: Sequence[Links]) -> list[Problem]:
    """What only shows when every relation has found its term: terms without any, and hierarchies in a circle."""
    problems: list[Problem] = []
    abroad = {key for one in links for key in one.abroad}
    if len(sets) > 1:
        linked = zip(sets, links, strict=True)
        abroad |= {key for (_, one), link in linked for key in one.entries if link.linked[one.entries.place(key)]}
    for (written, resolved), one in zip(sets, links, strict=True):
        problems += _isolated(written, resolved, one, abroad)
    for kind in HIERARCHIES:
        problems += _cycles(sets, kind, [edge for one in links for edge in one.hierarchies.get(kind, ())])
    return sorted(problems)


def _isolated(written: WrittenSet, resolved: ResolvedSet, links: Links, abroad: set[str]) -> Iterator[Problem]:
    alone = [key for key in resolved.entries if not links.linked[resolved.entries.place(key)] and key not in abroad]
    if len(resolved.entries) == 1:
        return
    if len(alone) == len(resolved.entries):
        message = f"None of the {len(alone)} terms has a relation, so the map has no lines: add some under `related:`."
        yield Problem(written.position, "isolated-term", message, "warning")
        return
    for key in alone:
        name = written.heads.names[resolved.entries.place(key)] or key
        message = f"“{name}” has no relation, so nobody finds it from another term: add one under `related:`."
        yield Problem(resolved.place(key), "isolated-term", message, "warning")


def _cycles(
    sets: Sequence[tuple[WrittenSet, ResolvedSet]], kind: str, edges: Sequence[tuple[str, str]]
) -> Iterator[Problem]:
    """A problem for each group of terms that lead back to themselves, at the first relation that does."""
    import rustworkx  # only sets with a hierarchy pay for it

    if not edges:
        return
    network = rustworkx.PyDiGraph()
    terms = sorted({end for edge in edges for end in edge})
    index = {key: number for number, key in enumerate(terms)}
    network.add_nodes_from([None] * len(terms))
    network.extend_from_edge_list([(index[start], index[end]) for start, end in edges])
    if rustworkx.is_directed_acyclic_graph(network):
        return
    for group in rustworkx.strongly_connected_components(network):
        if len(group) > 1:
            inside = {terms[place] for place in group}
            circle = _walk(inside, {edge for edge in edges if inside.issuperset(edge)})
            shown = " → ".join(f"“{_name(sets, key)}”" for key in circle[:NAMED])
            more = "" if len(circle) <= NAMED else " → …"
            message = f"The kind {kind!r} leads in a circle: {shown}{more}: take one of these relations out."
            places = (place for edge in pairwise(circle) for place in _places(sets, kind, edge))
            # Of two terms with one id, which is an error, the relations of the first are gone.
            place = min(places, default=sets[0][0].position)
            yield Problem(place, "cycle", message, "warning")


def _name(sets: Sequence[tuple[WrittenSet, ResolvedSet]], key: str) -> str:
    found = (one.heads.names[one.entries.place(key)] for _, one in sets if key in one.entries)
    return next(found, "") or key


def _places(sets: Sequence[tuple[WrittenSet, ResolvedSet]], kind: str, edge: tuple[str, str]) -> Iterator[Position]:
    """Where the files say a relation, from either side."""
    for (key, to), inverse in ((edge, False), (edge[::-1], True)):
        for written, resolved in sets:
            rows = resolved.entries[key].body.get("relations", ()) if key in resolved.entries else ()
            for row in rows:
                if (row["kind"], row["to"], bool(row.get("inverse"))) == (kind, to, inverse):
                    term = written.terms[resolved.entries.place(key)]
                    yield next(one.position.exact() for one in term.relations if one.to == row["name"])


def _walk(group: set[str], edges: set[tuple[str, str]]) -> list[str]:
    """A way through a group from a term back to itself."""
    following: dict[str, list[str]] = defaultdict(list)
    for start, end in sorted(edges):
        following[start].append(end)
    way = [min(group)]
    while way.count(way[-1]) == 1:
        way.append(following[way[-1]][0])
    return way[way.index(way[-1]) :]


def _plain(text: str) -> str:
    """The words of a name or a definition, without what one has and the other not."""
    words = text.casefold().split()
    if len(words) > 1 and words[0] in ARTICLES:
        del words[0]
    return " ".join(" ".join(words).translate(NOISE).split())
