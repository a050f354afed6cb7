"""From a view to what the map shows: which terms are on it, and in which order they came.

Who is on the map follows from the recipe alone (`terms_of`, pure), so that a link gives the same map on
every machine. What was read is kept until the graph's revision moves.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from explorer import queries
from explorer.asked import Asked, Noted
from explorer.queries import Detail, Found, Library, Node, Relation
from explorer.routes import Reading, Route, read_first, route
from explorer.view import Opened, View
from graph.connection import Graph

BATCH = 12
MOST_NODES = 300
MOST_OPENED = MOST_NODES + BATCH
MOST_REACHED = 20_000
KEPT = 256
Value = TypeVar("Value")


@dataclass(frozen=True)
class Scene:
    """What is on the map. `reached` is how many terms the focus has within its depth, shown or not; `full`: no
    more can be opened; `trail` is the path or the reading order that the map begins with, and `asked` what was asked
    for what it begins with.
    """

    key: str = ""
    revision: str = ""
    nodes: tuple[Node, ...] = ()
    relations: tuple[Relation, ...] = ()
    base: str = "overview"
    reached: int = 0
    full: bool = False
    trail: Route | Reading | None = None
    asked: tuple[Asked, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(node.id for node in self.nodes)

    def waiting(self) -> dict[str, int]:
        """For each term how many of its neighbours are not on the map."""
        near: dict[str, set[str]] = {node.id: set() for node in self.nodes}
        for relation in self.relations:
            near[relation.source].add(relation.target)
            near[relation.target].add(relation.source)
        return {node.id: max(node.degree - len(near[node.id] - {node.id}), 0) for node in self.nodes}


def terms_of(
    base: Sequence[str],
    opened: Sequence[Opened],
    neighbours: Mapping[str, Sequence[str]],
    term: str = "",
    added: Sequence[str] = (),
) -> list[str]:
    """The ids on the map: the base, then for each opened term itself and its next neighbours that are not yet
    there, twelve a batch, in the order of the clicks; then those that were added one by one, last the selected term.
    """
    shown = dict.fromkeys(base)
    for one in opened:
        if len(shown) >= MOST_OPENED:
            break
        shown.setdefault(one.term)
        fresh = [near for near in neighbours.get(one.term, ()) if near not in shown]
        shown.update(dict.fromkeys(fresh[: min(BATCH * one.batches, MOST_OPENED - len(shown))]))
    shown.update(dict.fromkeys(list(added)[: max(MOST_OPENED - len(shown), 0)]))
    if term:
        shown.setdefault(term)
    return list(shown)


def one_less(opened: tuple[Opened, ...]) -> tuple[Opened, ...]:
    """What was opened before the last time something was."""
    if not opened:
        return ()
    last = opened[-1]
    return (*opened[:-1], replace(last, batches=last.batches - 1)) if last.batches > 1 else opened[:-1]


def key_of(view: View, revision: str) -> str:
    """What the map depends upon: two views with the same key show the same terms."""
    opened = ",".join(f"{one.term}~{one.batches}" for one in view.opened)
    return f"{revision}|{base_of(view)}|{opened}|{','.join(view.added)}"


def base_of(view: View) -> str:
    """What the map begins with, as a key."""
    if view.path:
        return f"path {view.path} without {view.hidden_kinds}"
    if view.reading:
        return f"reading {view.reading} without {view.hidden_kinds}"
    return f"{view.focus}~{view.depth}" if view.focus else "overview"


class Cache:
    """The last values by key. Safe among threads; a race computes twice."""

    def __init__(self, size: int = KEPT) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    def peek(self, key: Hashable) -> Any:
        """The value kept under `key`, or None."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Hashable, value: object) -> None:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        kept: Value | None = self.peek(key)
        if kept is not None:
            return kept
        made = make()
        self.put(key, made)
        return made


@dataclass
class Scenes:
    """Reads scenes and terms, and keeps what it read. One for the whole app."""

    graph: Graph
    cache: Cache = field(default_factory=Cache)
    revision: str = ""

    def look(self) -> str:
        """Ask the graph for its revision: called by the page's poll, so that a click need not."""
        seen = queries.revision(self.graph)
        if seen != self.revision:
            self.cache.clear()
            self.revision = seen
        return seen

    def library(self) -> Library:
        """What is loaded, at the revision seen last."""
        if not self.revision:
            self.look()
        key = ("library", self.revision)
        library: Library | None = self.cache.peek(key)
        if library is None:
            library = queries.library(self.graph)
            if library.ranked:
                self.cache.put(key, library)
        return library

    def term(self, key: str) -> Found:
        """A term for the panel."""
        at = self.revision
        found = self.cache.get((at, "term", key), lambda: queries.term(self.graph, key))
        if found.detail:
            self.cache.put((at, "near", key), found.detail.neighbour_ids)
        return found

    def detail(self, key: str) -> Detail | None:
        return self.term(key).detail if key else None

    def former(self, ids: Iterable[str]) -> dict[str, str]:
        """Of these ids, that no term has, those that a term had before, with the ids of today."""
        lost = tuple(ids)
        return self.cache.get((self.revision, "former", lost), lambda: queries.former(self.graph, lost))

    def scene(self, view: View) -> Scene:
        """What the map of this view shows."""
        library = self.library()
        trail = self._trail(view, library)
        base, reached, asked = (trail.ids, len(trail.nodes), trail.asked) if trail else self._base(view, library)
        near = self._neighbours([one.term for one in view.opened])
        ids = terms_of(base, view.opened, near, view.term, view.added)
        before = terms_of(base, one_less(view.opened), near)
        nodes, relations = self._drawn(ids, before, (library.revision, library.ranked, "scene"))
        return Scene(
            key=key_of(view, library.revision) + f"|{library.ranked}|" + ("" if view.term in base else view.term),
            revision=library.revision,
            nodes=nodes,
            relations=relations,
            base=base_of(view),
            reached=reached,
            full=len(ids) >= MOST_OPENED,
            trail=trail,
            asked=asked,
        )

    def _drawn(self, ids: Sequence[str], before: Sequence[str], at: tuple[Hashable, ...]) -> queries.Drawn:
        """Terms and relations of a map. Of one that has grown from a map `before` only the newcomers are read."""
        known = self.cache.peek((*at, tuple(before)))
        return self.cache.get((*at, tuple(ids)), lambda: queries.scene(self.graph, ids, known or ((), ())))

    def _trail(self, view: View, library: Library) -> Route | Reading | None:
        """The path or the reading order of a view."""
        key = (library.revision, library.ranked, base_of(view))
        if view.path:
            start, end = view.path
            return self.cache.get(key, lambda: route(self.graph, start, end, view.hidden_kinds))
        if view.reading:
            return self.cache.get(key, lambda: read_first(self.graph, view.reading, view.hidden_kinds))
        return None

    def _base(self, view: View, library: Library) -> tuple[Sequence[str], int, tuple[Asked, ...]]:
        if not view.focus:
            return library.top, library.terms, library.asked
        return self.cache.get(
            (library.revision, "around", view.focus, view.depth),
            lambda: around(self.graph, view.focus, view.depth),
        )

    def _neighbours(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Neighbours of the opened terms; those that are not kept yet come in one round trip."""
        at = self.revision
        known = {term: self.cache.peek((at, "near", term)) for term in dict.fromkeys(ids)}
        read = queries.neighbours(self.graph, [term for term, near in known.items() if near is None])
        for term, near in read.items():
            self.cache.put((at, "near", term), near)
        return {**known, **read}


def around(graph: Graph, term: str, depth: int) -> tuple[tuple[str, ...], int, tuple[Asked, ...]]:
    """The terms within `depth` hops, at most MOST_NODES of them, how many there are, and what was asked for them.

    Nearer ones go first, then the more important: a map cut off this way hangs together.
    """
    noted = Noted(graph)
    reached: dict[str, None] = {term: None}
    front: tuple[str, ...] = (term,)
    for _ in range(depth):
        front = tuple(near for near in queries.step(noted, front) if near not in reached)
        reached.update(dict.fromkeys(front))
        if not front or len(reached) > MOST_REACHED:
            break
    return tuple(reached)[:MOST_NODES], len(reached), noted.asked
