"""Reads what a map of a path or of a reading order begins with: the ways between two terms, or what a term builds on.

The search itself is pure (`paths.py`, `reading.py`); here it gets its hops from the graph. Nothing is kept.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from explorer import paths, queries, reading
from explorer.asked import Asked, Noted, Reads
from explorer.queries import Node, Relation
from graph.connection import Graph


@dataclass(frozen=True)
class Route:
    """The path between two terms. `nodes` are its terms, or both ends when there is no way.

    `relations` are those of the ways, each hop's. `blocked`: only hidden kinds would lead on. `asked` is what was asked
    for all that.
    """

    ends: tuple[str, str]
    found: paths.Found
    nodes: tuple[Node, ...] = ()
    relations: tuple[Relation, ...] = ()
    hidden: tuple[str, ...] = ()
    blocked: bool = False
    asked: tuple[Asked, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The ends that are no terms."""
        known = {node.id for node in self.nodes}
        return tuple(end for end in dict.fromkeys(self.ends) if end not in known)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(node.id for node in self.nodes)

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The terms by their distance from the start."""
        if not self.found.ways:
            return tuple((node.id,) for node in self.nodes)
        return tuple(tuple(dict.fromkeys(column)) for column in zip(*self.found.ways, strict=True))

    @property
    def hops(self) -> frozenset[tuple[str, str]]:
        """The pairs of terms that follow one another."""
        return frozenset(pair for way in self.found.ways for pair in pairwise(way))


@dataclass(frozen=True)
class Reading:
    """What to read before a term. `nodes` come in the order of reading; `asked` is what was asked for them."""

    term: str
    order: reading.Order
    nodes: tuple[Node, ...] = ()
    hidden: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(node.id for node in self.nodes)

    @property
    def hops(self) -> frozenset[tuple[str, str]]:
        """The pairs of terms of which one builds on the other."""
        return frozenset((basis.term, basis.on) for basis in self.order.bases)


def route(graph: Graph, start: str, end: str, hidden: tuple[str, ...]) -> Route:
    """The shortest ways between two terms through relations whose kind is not hidden."""
    noted = Noted(graph)
    return replace(_route(noted, start, end, hidden), asked=noted.asked)


def _route(graph: Reads, start: str, end: str, hidden: tuple[str, ...]) -> Route:
    ends = (start, end)
    nodes, _ = queries.scene(graph, tuple(dict.fromkeys(ends)))
    if {node.id for node in nodes} != set(ends):
        return Route(ends, paths.Found(), nodes, hidden=hidden)
    found = _search(graph, start, end, hidden)
    if not found.ways:
        blocked = bool(hidden) and bool(_search(graph, start, end, ()).ways)
        return Route(ends, found, nodes, hidden=hidden, blocked=blocked)
    nodes, relations = queries.scene(graph, tuple(dict.fromkeys(term for way in found.ways for term in way)))
    hops = {pair for way in found.ways for one in pairwise(way) for pair in (one, one[::-1])}
    told = (r for r in relations if (r.source, r.target) in hops and r.kind not in hidden)
    return Route(ends, found, nodes, tuple(told), hidden)


def _search(graph: Reads, start: str, end: str, hidden: tuple[str, ...]) -> paths.Found:
    return paths.search(
        start,
        end,
        lambda ids: queries.reach(graph, ids, hidden),
        lambda ids: queries.onward(graph, ids, hidden),
    )


def read_first(graph: Graph, term: str, hidden: tuple[str, ...]) -> Reading:
    """What to read before a term, following the kinds that are not hidden."""
    kinds = [kind for kind in reading.KINDS if kind not in hidden]
    noted = Noted(graph)
    order = reading.order(term, lambda ids: queries.foundations(noted, ids, kinds))
    nodes, _ = queries.scene(noted, order.terms)
    return Reading(term, order, nodes, tuple(kind for kind in reading.KINDS if kind in hidden), noted.asked)
