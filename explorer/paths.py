"""The shortest ways between two terms, found from both ends at once. Pure: how to take a hop is handed in.

Each side goes on from its outermost terms, the side with fewer of them first, until both meet; so a hub in the middle
costs little, and an end on a small island is known to be cut off after that island. What comes first among equally
short ways follows from the terms' importance and ids alone: the same on every server.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

MOST_WAYS = 5
MOST_SEEN = 100_000
ISLAND_COUNTED = 1000

Way = tuple[str, ...]
Reach = Callable[[Collection[str]], Iterable[str]]
Onward = Callable[[Collection[str]], Iterable[tuple[str, str, float]]]


@dataclass(frozen=True)
class Found:
    """The ways, the first by importance first; `more` when there are others as short.

    Without a way: how many terms each end reaches, itself among them, counted up to ISLAND_COUNTED (one above means
    more); `stopped` when the search was given up before all was seen.
    """

    ways: tuple[Way, ...] = ()
    more: bool = False
    islands: tuple[int, int] = (0, 0)
    stopped: bool = False


@dataclass
class _Side:
    """What one end has reached: its terms by their distance."""

    layers: list[set[str]]
    seen: set[str] = field(default_factory=set)

    def go_on(self, reach: Reach) -> set[str]:
        fresh = set(reach(self.layers[-1])) - self.seen
        self.layers.append(fresh)
        self.seen |= fresh
        return fresh


def search(start: str, end: str, reach: Reach, onward: Onward) -> Found:
    """The shortest ways from `start` to `end`.

    `reach` gives the terms one hop from any of some terms; `onward` gives for each of some terms its neighbours and
    their importance.
    """
    if start == end:
        return Found(((start,),))
    near, far = (_Side([{one}], {one}) for one in (start, end))
    met: set[str] = set()
    while not met:
        if len(near.seen) + len(far.seen) > MOST_SEEN:
            return Found(stopped=True)
        side, other = (near, far) if len(near.layers[-1]) <= len(far.layers[-1]) else (far, near)
        fresh = side.go_on(reach)
        if not fresh:
            return Found(islands=(_island(near, reach), _island(far, reach)))
        met = fresh & other.layers[-1]
    ways = _first_ways(start, _columns(near, far, met, reach), onward)
    return Found(tuple(ways[:MOST_WAYS]), len(ways) > MOST_WAYS)


def _island(side: _Side, reach: Reach) -> int:
    while side.layers[-1] and len(side.seen) <= ISLAND_COUNTED:
        side.go_on(reach)
    return min(len(side.seen), ISLAND_COUNTED + 1)


def _columns(near: _Side, far: _Side, met: set[str], reach: Reach) -> list[set[str]]:
    """After the start, hop by hop, terms from each of which a shortest way leads on to the end."""
    before = [met]
    for layer in reversed(near.layers[1:-1]):
        before.append(layer & set(reach(before[-1])))
    return [*reversed(before), *reversed(far.layers[:-1])]


def _first_ways(start: str, columns: Sequence[set[str]], onward: Onward) -> list[Way]:
    """One way more than are shown. As each beginning leads to the end, the first few beginnings are enough."""
    ways: list[Way] = [(start,)]
    for column in columns:
        after: dict[str, list[tuple[float, str]]] = {}
        for term, neighbour, importance in onward({way[-1] for way in ways}):
            if neighbour in column:
                after.setdefault(term, []).append((-importance, neighbour))
        ways = [(*way, step) for way in ways for _, step in sorted(after.get(way[-1], ()))][: MOST_WAYS + 1]
    return ways
