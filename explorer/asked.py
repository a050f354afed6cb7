"""What the explorer asks the graph for what it shows: the statement's name, its text and the parameters that ran. Pure.

`queries.py`, `search.py` and `set_health_read.py` ask by these, so that who is shown the Cypher of a panel, a map, a
path, a hit or a number sees what ran. The functions that begin with `for_` tell all statements behind one thing on the
screen; what is asked step by step (a path, a reading order, a focus, the health of a set) is noted then, by `Noted`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from explorer.view import EVERY_SET
from graph.statements import statement

Row = dict[str, Any]
Value = TypeVar("Value")
SCENE = "explore/scene"
MOST_IDS = 500  # of a step that is told later: a search over a large graph takes tens of thousands


class Reads(Protocol):
    """What can be asked: a graph, or one that notes what it is asked."""

    def read(self, name: str, /, **parameters: Any) -> list[Row]:
        """The rows of `cypher/<name>.cypher`. Raises GraphError."""

    def fold(self, name: str, /, make: Callable[[Iterator[Row]], Value], **parameters: Any) -> Value:
        """What `make` makes of the rows. Raises GraphError."""


@dataclass(frozen=True)
class Asked:
    """A statement of `cypher/` and the parameters that it ran with, but for `left_out` of the ids among them."""

    name: str
    parameters: dict[str, Any]
    left_out: int = 0

    @property
    def title(self) -> str:
        """What the statement is called."""
        return statement(self.name).title

    @property
    def answers(self) -> str:
        """What it answers, in a sentence."""
        text = statement(self.name).answers
        return f"{text} (here with {MOST_IDS} of {MOST_IDS + self.left_out:,} ids)" if self.left_out else text

    @property
    def text(self) -> str:
        """The statement with its head, as it stands in its file."""
        return statement(self.name).text


class Noted:
    """A graph that notes what it is asked, in its order."""

    def __init__(self, graph: Reads) -> None:
        self._graph = graph
        self._asked: list[Asked] = []

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What was asked so far; what is drawn in the end comes last, the same question once."""
        once = [one for place, one in enumerate(self._asked) if one not in self._asked[:place]]
        return tuple(sorted(once, key=lambda one: one.name == SCENE))

    def read(self, name: str, /, **parameters: Any) -> list[Row]:
        """As the graph reads."""
        self._asked.append(_short(name, parameters))
        return self._graph.read(name, **parameters)

    def fold(self, name: str, /, make: Callable[[Iterator[Row]], Value], **parameters: Any) -> Value:
        """As the graph folds."""
        self._asked.append(_short(name, parameters))
        return self._graph.fold(name, make, **parameters)


def _short(name: str, parameters: dict[str, Any]) -> Asked:
    """With a bearable number of ids."""
    long = {key: value for key, value in parameters.items() if isinstance(value, list) and len(value) > MOST_IDS}
    kept = {key: value[:MOST_IDS] for key, value in long.items()}
    return Asked(name, parameters | kept, sum(len(value) - MOST_IDS for value in long.values()))


def term(key: str) -> Asked:
    """A term with its texts and neighbours."""
    return Asked("explore/term", {"id": key})


def scene(fresh: Sequence[str], ids: Iterable[str]) -> Asked:
    """The terms of a map that are not known yet, and the relations among all of the map."""
    new = frozenset(fresh)
    return Asked(SCENE, {"ids": list(fresh), "among": {key: key in new for key in ids}})


def neighbours(ids: Sequence[str]) -> Asked:
    """The neighbours of some terms, the most important first."""
    return Asked("explore/neighbours", {"ids": list(ids)})


def step(ids: Iterable[str]) -> Asked:
    """A hop outwards from a focus."""
    return Asked("explore/step", {"ids": list(ids)})


def reach(ids: Collection[str], hidden: Sequence[str]) -> Asked:
    """A step of the search for a path."""
    return Asked("explore/reach", {"ids": list(ids), "hidden": list(hidden)})


def onward(ids: Collection[str], hidden: Sequence[str]) -> Asked:
    """The relations by which the ways of a path are put together."""
    return Asked("explore/onward", {"ids": list(ids), "hidden": list(hidden)})


def foundations(ids: Collection[str], kinds: Sequence[str]) -> Asked:
    """What some terms build on."""
    return Asked("explore/foundations", {"ids": list(ids), "kinds": list(kinds)})


def briefs(ids: Sequence[str]) -> Asked:
    """Some terms in a line each, as the hits of a search are shown."""
    return Asked("explore/briefs", {"ids": list(ids)})


def names() -> Asked:
    """All that the search looks through."""
    return Asked("explore/names", {})


def start() -> Asked:
    """What a map starts with, where it is known from the load on."""
    return Asked("explore/start", {})


def sets() -> Asked:
    """The loaded sets."""
    return Asked("explore/sets", {})


def categories() -> Asked:
    """The categories and how many terms each has."""
    return Asked("explore/categories", {})


def overview(limit: int) -> Asked:
    """The most important terms."""
    return Asked("explore/overview", {"limit": limit})


def health_terms(set_id: str) -> Asked:
    """What is counted of the terms of a set, or of all."""
    return _health("explore/health_terms", set_id)


def health_relations(set_id: str) -> Asked:
    """What is counted of the relations of a set, or of all."""
    return _health("explore/health_relations", set_id)


def health_shared(set_ids: Sequence[str]) -> Asked:
    """What these sets and others say of the terms that they share."""
    return Asked("explore/health_shared", {"sets": list(set_ids)})


def _health(name: str, set_id: str) -> Asked:
    return Asked(name, {}) if set_id == EVERY_SET else Asked(f"{name}_of_set", {"set": set_id})


def for_term(key: str) -> tuple[Asked, ...]:
    """Behind the panel of a term."""
    return (term(key),)


def for_map(ids: Sequence[str], opened: Sequence[str]) -> tuple[Asked, ...]:
    """Behind a map: its terms with their relations, and the neighbours of those that were opened."""
    return (scene(ids, ids), *([neighbours(opened)] if opened else []))


def for_hits(ids: Sequence[str]) -> tuple[Asked, ...]:
    """Behind the hits of a search: what is looked through, and the hits themselves, if there are any."""
    return (names(), briefs(ids)) if ids else (names(),)


def for_links() -> tuple[Asked, ...]:
    """Behind the missing links: all texts, all relations, and the languages of the sets."""
    return (Asked("load/all_texts", {}), Asked("load/all_relations", {}), Asked("load/sets", {}))


def for_health(set_id: str) -> tuple[Asked, ...]:
    """Behind the numbers of a set's health, or of all sets', before they are there."""
    return (health_terms(set_id), health_relations(set_id))
