"""What to read before a term: the terms that it builds on, each after what it builds on itself. Pure.

A term builds on what it requires, uses, is part of or is narrower than. How to read those relations is handed in.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

KINDS = ("requires", "uses", "part-of", "broader")
MOST_TERMS = 60


@dataclass(frozen=True)
class Basis:
    """That `term` builds on `on`, by a relation of this kind; how important `on` is."""

    term: str
    kind: str
    on: str
    importance: float = 0.0


Read = Callable[[Collection[str]], Iterable[Basis]]
Ranks = dict[str, tuple[int, float, str]]


@dataclass(frozen=True)
class Order:
    """Terms in the order in which to read them, the term itself last, and the layers of a map of them.

    `bases` are the relations among them. `circles` are those that build on one another, whose order is a choice;
    `more`: there are further terms beneath, beyond MOST_TERMS.
    """

    terms: tuple[str, ...]
    bases: tuple[Basis, ...] = ()
    layers: tuple[tuple[str, ...], ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    more: bool = False


def order(term: str, read: Read) -> Order:
    """The reading order of a term: the nearest of what it builds on, the more important first when there are many."""
    distance, bases, more = _beneath(term, read)
    below: dict[str, set[str]] = {one: set() for one in distance}
    for basis in bases:
        below[basis.term].add(basis.on)
    knots = _knots(below)
    ranks = _ranks(distance, bases)
    placed: dict[str, None] = {}
    while len(placed) < len(below):
        ready = [knot for knot in knots if not knot & placed.keys() and _beyond(knot, below) <= placed.keys()]
        knot = min(ready, key=lambda knot: min(ranks[one] for one in knot))
        placed |= dict.fromkeys(_untied(knot, below, ranks))
    terms = tuple(placed)
    circles = sorted(
        (tuple(one for one in terms if one in knot) for knot in knots if len(knot) > 1),
        key=lambda circle: terms.index(circle[0]),
    )
    return Order(terms, bases, _layers(terms, below), tuple(circles), more)


def _beneath(term: str, read: Read) -> tuple[dict[str, int], tuple[Basis, ...], bool]:
    """The terms beneath with their distance, the relations among them, and whether some were left out."""
    distance = {term: 0}
    found: set[Basis] = set()
    front: Sequence[str] = (term,)
    more = False
    while front:
        here = set(read(front))
        found |= here
        fresh = {basis.on: -basis.importance for basis in here if basis.on not in distance}
        room = MOST_TERMS + 1 - len(distance)
        more = more or len(fresh) > room
        front = sorted(fresh, key=lambda one: (fresh[one], one))[:room]
        distance |= dict.fromkeys(front, max(distance.values()) + 1)
    among = [basis for basis in found if basis.on in distance and basis.on != basis.term]
    return distance, tuple(sorted(among, key=lambda basis: (basis.term, basis.on, basis.kind))), more


def _ranks(distance: Mapping[str, int], bases: Iterable[Basis]) -> Ranks:
    """What is read first where the order leaves a choice: the farther, then the more important, then the smaller id."""
    importance = {basis.on: basis.importance for basis in bases}
    return {one: (-hops, -importance.get(one, 0.0), one) for one, hops in distance.items()}


def _beyond(knot: Collection[str], below: Mapping[str, set[str]]) -> set[str]:
    return {on for one in knot for on in below[one] if on not in knot}


def _knots(below: Mapping[str, set[str]]) -> list[frozenset[str]]:
    """Terms that build on one another, directly or not, together; every other one alone."""
    reached = {one: _reached(one, below) for one in below}
    return list(dict.fromkeys(frozenset(on for on in reached[one] if one in reached[on]) for one in sorted(below)))


def _reached(term: str, below: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {term}, [term]
    while waiting:
        fresh = below[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached


def _untied(knot: Collection[str], below: Mapping[str, set[str]], ranks: Ranks) -> list[str]:
    """The terms of a knot in an order that leaves few before what they build on; the term in question last."""
    rest, made = set(knot), []
    while rest:
        first = min(rest, key=lambda one: (ranks[one][0] == 0, len(below[one] & rest - {one}) > 0, ranks[one]))
        rest.remove(first)
        made.append(first)
    return made


def _layers(terms: Sequence[str], below: Mapping[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    """The terms by the longest way that leads down from them, what comes later in the order not counted; those that
    build on nothing just before the first that builds on them.
    """
    level: dict[str, int] = {}
    for one in terms:
        level[one] = 1 + max((level[on] for on in below[one] if on in level), default=-1)
    level[terms[-1]] = max([0, *(level[one] + 1 for one in terms[:-1])])
    level |= {one: min(level[term] for term in terms if one in below[term]) - 1 for one in terms[:-1] if not below[one]}
    return tuple(tuple(one for one in terms if level[one] == depth) for depth in sorted(set(level.values())))
