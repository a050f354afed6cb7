"""Reads what the health of a set is made of, in a thread of its own: a page never waits long, and other requests go on.

One set is counted at a time, and the last few are kept until the graph's revision moves.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import orjson

from explorer import asked, messages
from explorer.asked import Asked, Noted, Reads
from explorer.queries import Library
from explorer.scenes import Cache
from explorer.set_health import Health, Relations, Row, Terms, differ, health
from explorer.view import EVERY_SET
from graph.connection import Graph
from graph.errors import GraphError

log = logging.getLogger(__name__)
Value = TypeVar("Value")
KEPT = 3
PATIENCE = 0.6


class Link(Protocol):
    """A term whose text mentions another one without a relation between the two, and the sentence that does."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def to_name(self) -> str: ...
    @property
    def sentence(self) -> str: ...


# The surest missing links of a set, or of all for None, and how many there are.
FindLinks = Callable[[Graph, str | None], tuple[Sequence[Link], int]]


@dataclass(frozen=True)
class Links:
    """The missing links that were found; `found` counts those beyond `rows` too."""

    rows: tuple[Link, ...]
    found: int


@dataclass(frozen=True)
class Failed:
    """Why there are no numbers."""

    sentence: str


class Healths:
    """The health of sets. One for the whole app."""

    def __init__(self, graph: Graph, find_links: FindLinks | None = None) -> None:
        self.graph = graph
        self._find_links = find_links
        self._kept = Cache(KEPT)
        self._busy = threading.Lock()

    @property
    def finds_links(self) -> bool:
        return self._find_links is not None

    def health(self, library: Library, set_id: str) -> Health | Failed | None:
        """The health of a set; None while it is being counted, or another one is: ask again."""
        return self._soon(
            ("health", library.revision, library.ranked, set_id), lambda: read(self.graph, library, set_id)
        )

    def links(self, library: Library, set_id: str) -> Links | Failed | None:
        """The missing links of a set; None while they are looked for."""
        return self._soon(("links", library.revision, set_id), lambda: self._links(set_id))

    def _links(self, set_id: str) -> Links:
        if self._find_links is None:
            return Links((), 0)
        rows, found = self._find_links(self.graph, None if set_id == EVERY_SET else set_id)
        return Links(tuple(rows), found)

    def _soon(self, key: tuple[Any, ...], make: Callable[[], Value]) -> Value | Failed | None:
        kept: Value | Failed | None = self._kept.peek(key)
        if kept is None and self._busy.acquire(blocking=False):
            thread = threading.Thread(target=self._work, args=(key, make), name="set-health", daemon=True)
            thread.start()
            thread.join(PATIENCE)
            kept = self._kept.peek(key)
        if isinstance(kept, Failed):
            self._kept.put(key, None)  # who asks again tries again
        return kept

    def _work(self, key: tuple[Any, ...], make: Callable[[], Value]) -> None:
        try:
            self._kept.put(key, make())
        except GraphError as error:
            self._kept.put(key, Failed(str(error)))
        except Exception:
            log.exception("The health of a set could not be counted")
            self._kept.put(key, Failed(messages.DEFECT))
        finally:
            self._busy.release()


def read(graph: Graph, library: Library, set_id: str) -> Health:
    """Read and count: three statements, one more for what several sets define and for ends that others define."""
    only = None if set_id == EVERY_SET else set_id
    noted = Noted(graph)
    terms = _fold(noted, asked.health_terms(set_id), Terms.of)
    relations = _fold(noted, asked.health_relations(set_id), Relations.of(terms.nodes))
    others = list(relations.numbers)[len(terms.ids) :]
    if others:
        found = noted.fold("explore/health_others", _by_node, nodes=others)
        for node in others:
            row = found.get(node, {})  # gone since: the next revision tells
            terms.add(node, row.get("id", ""), row.get("importance", 0.0), row.get("defined") is True)
    counted = health(terms, relations, _differing(noted, library, terms, only))
    return replace(counted, asked=noted.asked)


def _fold(graph: Reads, what: Asked, make: Callable[[Iterator[Row]], Value]) -> Value:
    return graph.fold(what.name, make, **what.parameters)


def _by_node(rows: Iterable[Row]) -> dict[int, Row]:
    return {row["node"]: row for row in rows}


def _differing(graph: Reads, library: Library, terms: Terms, only: str | None) -> list[int]:
    """Terms that sets define in different words. What the set itself says of a shared term goes into the columns."""

    def make(rows: Iterable[Row]) -> tuple[list[int], list[tuple[int, dict[str, Any]]]]:
        differing, corrections = [], []
        for row in rows:
            said = {one["set"]: orjson.loads(one["entry"] or "{}") for one in row["entries"]}
            if row["id"] not in numbers or (only is not None and only not in said):
                continue
            if only is not None:
                corrections.append((numbers[row["id"]], said[only]))
            if differ(said, only):
                differing.append(numbers[row["id"]])
        return differing, corrections

    # Of two sets that share a term, one is not the largest: that one's terms are looked at, seldom many.
    by_size = sorted(library.sets, key=lambda one: one.size)
    smaller = [one.id for one in by_size[:-1]]
    if not smaller:
        return []
    numbers = {term: number for number, term in enumerate(terms.ids)}
    differing, corrections = _fold(graph, asked.health_shared([only] if only in smaller else smaller), make)
    for place, said in corrections:
        terms.correct(place, said)
    return differing
