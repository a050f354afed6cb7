"""What the explorer asks the graph, as dataclasses: the overview, a neighbourhood, a term, the sets.

Each function costs one round trip, `library` four. Nothing is kept here (`scenes.py` keeps), and nothing is drawn.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from explorer import asked
from explorer.asked import Asked, Noted, Reads
from explorer.reading import Basis
from graph.connection import Graph
from graph.kinds import Kind, all_kinds

OVERVIEW_SIZE = 40
CHUNK = 5_000


@dataclass(frozen=True)
class Node:
    """A term as the map shows it. `degree` counts its neighbours in the whole graph; `sets` define it, or where
    none does, tell a relation to it.
    """

    id: str
    name: str
    definition: str = ""
    category: str = ""
    importance: float = 0.0
    defined: bool = True
    degree: int = 0
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A relation between two terms of the map, the forward way round, and the sets that tell it."""

    source: str
    kind: str
    target: str
    note: str = ""
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A term in one line."""

    id: str
    name: str
    definition: str = ""
    category: str = ""
    defined: bool = True


@dataclass(frozen=True)
class Neighbour:
    """A relation of the term in the panel: to whom, of which kind, `forward` when it starts at that term."""

    term: Brief
    kind: str
    forward: bool
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """What one set says of a term."""

    set: str
    title: str
    definition: str = ""


@dataclass(frozen=True)
class Detail:
    """All that the panel tells of a term."""

    term: Brief
    explanation: str
    aliases: tuple[str, ...]
    entries: tuple[Entry, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def neighbour_ids(self) -> tuple[str, ...]:
        """Each neighbour once, the most important first."""
        return tuple(dict.fromkeys(neighbour.term.id for neighbour in self.neighbours))


@dataclass(frozen=True)
class Found:
    """The answer to "which term is this?": the term, or the id that it has now, or neither."""

    detail: Detail | None = None
    now: str = ""


@dataclass(frozen=True)
class TermSet:
    """A set that is loaded."""

    id: str
    title: str
    size: int
    version: str = ""
    license: str = ""
    loading: bool = False
    source: str = ""


@dataclass(frozen=True)
class Library:
    """What is loaded as a whole: the sets by rank, terms by category (largest first), kinds, the top terms.

    `asked` is what was asked for it.
    """

    revision: str = ""
    sets: tuple[TermSet, ...] = ()
    categories: tuple[tuple[str, int], ...] = ()
    kinds: tuple[Kind, ...] = ()
    top: tuple[str, ...] = ()
    most_important: float = 0.0
    asked: tuple[Asked, ...] = ()

    @property
    def terms(self) -> int:
        return sum(count for _, count in self.categories)

    @property
    def ranked(self) -> bool:
        """False between a load and the ranking of its terms, a moment later."""
        return self.most_important > 0 or not self.terms

    def kind(self, key: str) -> Kind:
        """The kind of this id; one that no loaded set declares any more is told by its id."""
        known = next((kind for kind in self.kinds if kind.id == key), None)
        words = key.replace("-", " ")
        return known or Kind(key, words, words)


def _rows(graph: Reads, what: Asked) -> list[dict[str, Any]]:
    return graph.read(what.name, **what.parameters)


def revision(graph: Graph) -> str:
    """Another word after each change of the graph, and for another graph; "" when nothing was ever loaded."""
    rows = graph.read("explore/revision")
    return f"{rows[0]['graph_id']}-{rows[0]['revision']}" if rows else ""


def library(graph: Graph) -> Library:
    """What is loaded. Three round trips, made once a revision; another that looks at all terms while they are not
    ranked yet.
    """
    at = revision(graph)
    noted = Noted(graph)
    rows = _rows(noted, asked.sets())
    top, categories = _start(noted)
    return Library(
        revision=at,
        sets=tuple(_term_set(row) for row in rows),
        categories=categories,
        kinds=tuple(all_kinds(row["kinds"] for row in rows).values()),
        top=tuple(term for term, _ in top[:OVERVIEW_SIZE]),
        most_important=max((importance for _, importance in top), default=0.0),
        asked=noted.asked,
    )


def size(graph: Graph) -> int:
    """How many terms the loaded sets have, those of several counted for each."""
    return sum(row["size"] or 0 for row in _rows(graph, asked.sets()))


def _start(graph: Reads) -> tuple[list[tuple[str, float]], tuple[tuple[str, int], ...]]:
    """The most important terms with their importance, and the categories with their numbers of terms."""
    for row in _rows(graph, asked.start()):
        top = list(zip(row["top"], row["top_importance"], strict=True))
        return top, tuple(zip(row["categories"], row["category_terms"], strict=True))
    top = [(row["id"], row["importance"]) for row in _rows(graph, asked.overview(OVERVIEW_SIZE))]
    return top, tuple((row["category"], row["terms"]) for row in _rows(graph, asked.categories()))


def neighbours(graph: Graph, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each term its neighbours, the most important first."""
    rows = _rows(graph, asked.neighbours(ids)) if ids else []
    found = {row["id"]: tuple(row["neighbours"]) for row in rows}
    return {term: found.get(term, ()) for term in ids}


def step(graph: Reads, ids: Iterable[str]) -> tuple[str, ...]:
    """The terms one hop from these, the most important first."""
    return tuple(row["id"] for row in _rows(graph, asked.step(ids)))


def reach(graph: Reads, ids: Collection[str], hidden: Sequence[str]) -> Iterator[str]:
    """The terms one hop from these through relations whose kind is not hidden, in no order."""
    for some in _chunks(ids):
        yield from (row["id"] for row in _rows(graph, asked.reach(some, hidden)))


def onward(graph: Reads, ids: Collection[str], hidden: Sequence[str]) -> list[tuple[str, str, float]]:
    """These terms with their neighbours through kinds that are not hidden, and the neighbours' importance."""
    rows = _rows(graph, asked.onward(ids, hidden))
    return [(row["id"], row["neighbour"], row["importance"]) for row in rows]


def foundations(graph: Reads, ids: Collection[str], kinds: Sequence[str]) -> list[Basis]:
    """What these terms build on by relations of these kinds."""
    rows = _rows(graph, asked.foundations(ids, kinds)) if kinds else []
    return [Basis(row["id"], row["kind"], row["target"], row["importance"]) for row in rows]


def _chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """Some ids at a time: no statement shall run into its time limit."""
    rest = iter(ids)
    while some := list(islice(rest, CHUNK)):
        yield some


Drawn = tuple[tuple[Node, ...], tuple[Relation, ...]]


def scene(graph: Reads, ids: Sequence[str], known: Drawn = ((), ())) -> Drawn:
    """The terms of these ids that exist, in this order, and the relations among them.

    `known` are terms with all relations among them, as this function gave them: only the others are read.
    """
    nodes = {node.id: node for node in known[0]}
    fresh = [term for term in ids if term not in nodes]
    rows = _rows(graph, asked.scene(fresh, ids)) if fresh else []
    nodes |= {row["id"]: _node(row) for row in rows}
    there = frozenset(ids)
    relations = [one for one in known[1] if one.source in there and one.target in there]
    relations += [_relation(row["id"], edge) for row in rows for edge in row["relations"] if edge is not None]
    drawn = tuple(nodes[term] for term in ids if term in nodes)
    return drawn, tuple(sorted(relations, key=lambda r: (r.source, r.kind, r.target)))


def _relation(term: str, edge: dict[str, Any]) -> Relation:
    source, target = (term, edge["other"]) if edge["leaves"] else (edge["other"], term)
    return Relation(source, edge["kind"] or "related", target, edge["note"] or "", tuple(edge["sets"] or ()))


def term(graph: Graph, key: str) -> Found:
    """The term of this id with all that the panel tells, or where it went."""
    row = _rows(graph, asked.term(key))[0]
    if row["id"] is None:
        return Found(now=row["now"] or "")
    return Found(
        Detail(
            term=_brief(row),
            explanation=row["explanation"] or "",
            aliases=tuple(row["aliases"] or ()),
            entries=_entries(row["entries"]),
            neighbours=tuple(_neighbour(one) for one in row["neighbours"]),
        )
    )


def former(graph: Graph, ids: Sequence[str]) -> dict[str, str]:
    """Those of these ids that a term had before, with the id that it has now."""
    rows = graph.read("explore/former", ids=list(ids)) if ids else []
    return {row["id"]: row["now"] for row in rows}


def briefs(graph: Graph, ids: Sequence[str]) -> dict[str, Brief]:
    """Those of these terms that exist, by id."""
    rows = _rows(graph, asked.briefs(ids)) if ids else []
    return {row["id"]: _brief(row) for row in rows}


def texts(graph: Graph, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What a map does not hold of these terms, those of them that exist."""
    rows = graph.read("explore/texts", ids=list(ids)) if ids else []
    return {row["id"]: {**row, "entries": [one for one in row["entries"] if one is not None]} for row in rows}


def _brief(row: dict[str, Any]) -> Brief:
    return Brief(
        id=row["id"],
        name=row.get("name") or row["id"],
        definition=row.get("definition") or "",
        category=row.get("category") or "",
        defined=row.get("defined") is not False,
    )


def _node(row: dict[str, Any]) -> Node:
    brief = _brief(row)
    importance = float(row["importance"] or 0.0)
    return Node(
        id=brief.id,
        name=brief.name,
        definition=brief.definition,
        category=brief.category,
        importance=importance,
        defined=brief.defined,
        degree=int(row["degree"]),
        sets=tuple(sorted(row["sets"] or {one for sets in row["told_by"] for one in sets or ()})),
    )


def _neighbour(row: dict[str, Any]) -> Neighbour:
    return Neighbour(_brief(row), row["kind"] or "related", bool(row["forward"]), row["note"] or "")


def _term_set(row: dict[str, Any]) -> TermSet:
    return TermSet(
        id=row["id"],
        title=row["title"] or row["id"],
        size=int(row["size"] or 0),
        version=str(row["version"] or ""),
        license=row["license"] or "",
        loading=row["state"] == "loading",
        source=row.get("source") or "",
    )


def _entries(rows: list[dict[str, Any]]) -> tuple[Entry, ...]:
    """The sets' entries by rank: main before mention, then priority, then the set's id."""
    ranked = sorted(rows, key=lambda row: (row["role"] == "mention", _priority(row), row["set"]))
    return tuple(_entry(row) for row in ranked)


def _priority(row: dict[str, Any]) -> int:
    return 100 if row["priority"] is None else int(row["priority"])


def _entry(row: dict[str, Any]) -> Entry:
    said: dict[str, Any] = json.loads(row["entry"] or "{}")
    return Entry(
        set=row["set"],
        title=row["title"] or row["set"],
        definition=str(said.get("definition") or ""),
    )
