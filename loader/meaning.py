"""Checks on what definitions say, and on how the terms of a set hang together. Warnings all: the set can be loaded."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from loader.model import Position, Problem, ResolvedSet, WrittenSet, WrittenTerm

POINTS = re.compile(
    r"^(see( also)?|same as|(an? )?(synonym|abbreviation|acronym|short|another (name|word)) (of|for)|short for)\b",
    re.IGNORECASE,
)
NOISE = re.compile(r"^(an?|the)\s+|[“”\"'`*_.,;:!()\[\]]+", re.IGNORECASE)
HIERARCHIES = ("broader", "part-of")
NAMED = 5


def repeated_definition(written: WrittenSet) -> Iterator[Problem]:
    """Two terms with the same definition are one term with an alias, or one of them was pasted in the wrong place."""
    first: dict[str, WrittenTerm] = {}
    for term in written.terms:
        text = " ".join(term.definition.casefold().split())
        other = first.setdefault(text, term)
        if text and other is not term:
            message = (
                f"“{term.name}” has the definition of “{other.name}” in line {other.position.line}: "
                "make it an alias there, or tell what is different."
            )
            yield Problem(term.position, "repeated-definition", message, "warning")


def circular_definition(written: WrittenSet) -> Iterator[Problem]:
    """A definition that is only the term's own name, or two that each only point at the other, explain nothing."""
    by_name: dict[str, WrittenTerm] = {}
    for term in written.terms:
        for text in (*(alias.text for alias in term.aliases), term.name):
            by_name[_plain(text)] = term
    for term in written.terms:
        other = by_name.get(_plain(POINTS.sub("", term.definition.strip())))
        if other is None or not term.definition:
            continue
        if other is term:
            message = f"“{term.name}” is defined by its own name: say what it is."
            yield Problem(term.position, "circular-definition", message, "warning")
        elif by_name.get(_plain(POINTS.sub("", other.definition.strip()))) is term:
            message = f"“{term.name}” is defined by “{other.name}”, and that by “{term.name}”: say what one of them is."
            yield Problem(term.position, "circular-definition", message, "warning")


def connections(sets: Sequence[tuple[WrittenSet, ResolvedSet]]) -> list[Problem]:
    """What only shows when every relation has found its term: terms without any, and hierarchies in a circle."""
    connected = {end for _, one in sets for key, entry in one.entries.items() for end in _ends(key, entry.body)}
    problems: list[Problem] = []
    for written, resolved in sets:
        problems += _isolated(written, resolved, connected)
    for kind in HIERARCHIES:
        problems += _cycles([resolved for _, resolved in sets], kind)
    return sorted(problems)


def _isolated(written: WrittenSet, resolved: ResolvedSet, connected: set[str]) -> Iterator[Problem]:
    alone = [(key, place) for key, place in resolved.places.items() if key not in connected]
    if len(resolved.entries) == 1:
        return
    if len(alone) == len(resolved.entries):
        message = f"None of the {len(alone)} terms has a relation, so the map has no lines: add some under `related:`."
        yield Problem(written.position, "isolated-term", message, "warning")
        return
    for key, place in alone:
        name = resolved.entries[key].body.get("name", key)
        message = f"“{name}” has no relation, so nobody finds it from another term: add one under `related:`."
        yield Problem(place, "isolated-term", message, "warning")


def _ends(term_id: str, body: dict[str, Any]) -> Iterator[str]:
    rows = body.get("relations", ())
    if rows:
        yield term_id
    for row in rows:
        yield row["to"]


def _cycles(sets: Sequence[ResolvedSet], kind: str) -> Iterator[Problem]:
    """A problem for each group of terms that lead back to themselves, at the first relation that does."""
    import rustworkx  # only sets with a hierarchy pay for it

    edges = {edge: place for one in sets for edge, place in _hierarchy(one, kind)}
    if not edges:
        return
    names = {key: entry.body.get("name", key) for one in sets for key, entry in one.entries.items()}
    network = rustworkx.PyDiGraph()
    terms = sorted({end for edge in edges for end in edge})
    index = dict(zip(terms, network.add_nodes_from(terms), strict=True))
    network.add_edges_from_no_data([(index[start], index[end]) for start, end in edges])
    for group in rustworkx.strongly_connected_components(network):
        if len(group) > 1:
            circle = _walk({terms[place] for place in group}, edges)
            shown = " → ".join(f"“{names.get(key, key)}”" for key in circle[:NAMED])
            more = "" if len(circle) <= NAMED else " → …"
            message = f"The kind {kind!r} leads in a circle: {shown}{more}: take one of these relations out."
            yield Problem(min(edges[edge] for edge in pairwise(circle)), "cycle", message, "warning")


def _hierarchy(one: ResolvedSet, kind: str) -> Iterator[tuple[tuple[str, str], Position]]:
    for key, entry in one.entries.items():
        for row in entry.body.get("relations", ()):
            if row["kind"] == kind:
                edge = (row["to"], key) if row.get("inverse") else (key, row["to"])
                yield edge, one.relation_places[key, kind, row["to"], bool(row.get("inverse"))]


def _walk(group: set[str], edges: dict[tuple[str, str], Position]) -> list[str]:
    """A way through a group from a term back to itself."""
    following: dict[str, list[str]] = defaultdict(list)
    for start, end in sorted(edges):
        if start in group and end in group:
            following[start].append(end)
    way = [min(group)]
    while way.count(way[-1]) == 1:
        way.append(following[way[-1]][0])
    return way[way.index(way[-1]) :]


def _plain(text: str) -> str:
    return " ".join(NOISE.sub(" ", text.casefold().strip()).split())
