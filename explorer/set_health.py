"""The health of a term set: how large it is, how it hangs together, what is missing. Pure.

All numbers are of what the set itself says: its terms, and the relations that it names. Terms stand in columns, the
most important first, for there may be a million; a term's place is its rank, so that every list is in that order.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import rustworkx
from numpy.typing import NDArray

from explorer.asked import Asked

Row = Mapping[str, Any]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

EDGES = 100_000
ALONE = -1
# Where each column of the degree distribution begins.
DEGREES = (0, 1, 2, 3, 4, 5, 6, 8, 11, 16, 21, 31, 51, 101, 201, 501, 1001)


@dataclass
class Terms:
    """Columns of terms. `own`: the set defines it; else it is only at the other end of a relation.

    `nodes` are the numbers that the database gives its nodes, by which relations name their ends: numbers are read in
    half the time of texts, and hold within one reading.
    """

    ids: list[str] = field(default_factory=list)
    nodes: "array[int]" = field(default_factory=lambda: array("q"))
    importance: "array[float]" = field(default_factory=lambda: array("d"))
    community: "array[int]" = field(default_factory=lambda: array("q"))
    category: "array[int]" = field(default_factory=lambda: array("q"))
    aliases: "array[int]" = field(default_factory=lambda: array("q"))
    own: bytearray = field(default_factory=bytearray)
    defined: bytearray = field(default_factory=bytearray)
    explained: bytearray = field(default_factory=bytearray)
    categories: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Terms":
        """All terms of the graph, or of a set, a category a row: those that a set defines are its own."""
        terms = cls()
        for row in rows:
            size = len(row["ids"])
            terms.ids += row["ids"]
            terms.nodes.extend(row["nodes"])
            terms.importance.extend(row["importance"])
            terms.community.extend(row["communities"])
            terms.category.extend([terms._category(row["category"])] * size)
            terms.aliases.extend(row["aliases"])
            terms.own.extend([row["defined"]] * size)
            terms.defined.extend([row["defined"]] * size)
            terms.explained.extend(row["explained"])
        return terms

    def add(self, node: int, term: str, importance: float, defined: bool) -> None:
        """A term that is not the set's own."""
        self.ids.append(term)
        self.nodes.append(node)
        self.importance.append(importance)
        self.community.append(ALONE)
        self.category.append(self._category(""))
        self.aliases.append(0)
        self.own.append(False)
        self.defined.append(defined)
        self.explained.append(False)

    def _category(self, name: str) -> int:
        return self.categories.setdefault(name, len(self.categories))

    def correct(self, place: int, said: Mapping[str, Any]) -> None:
        """What this set says of a term that others define too."""
        self.explained[place] = bool(said.get("definition"))
        self.category[place] = self._category(said.get("category") or "")
        self.aliases[place] = len(said.get("aliases") or ())


@dataclass
class Relations:
    """Columns of relations: both ends as nodes' places, in the order in which the nodes were met, and the kind."""

    numbers: dict[int, int]
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    kind: "array[int]" = field(default_factory=lambda: array("q"))
    kinds: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[int]) -> Callable[[Iterable[Row]], "Relations"]:
        """Makes relations of rows; a node that is not known gets the next number."""
        nodes = tuple(known)

        def make(rows: Iterable[Row]) -> "Relations":
            relations = cls({node: number for number, node in enumerate(nodes)})
            numbers = relations.numbers
            for row in rows:
                relations.starts.extend([numbers.setdefault(node, len(numbers)) for node in row["starts"]])
                relations.ends.extend([numbers.setdefault(node, len(numbers)) for node in row["ends"]])
                kind = relations.kinds.setdefault(row["kind"] or "related", len(relations.kinds))
                relations.kind.extend([kind] * len(row["starts"]))
            return relations

        return make


@dataclass(frozen=True)
class Count:
    """A row of a table: the part of the page that lists its terms, what it is called, and how many there are."""

    part: str
    name: str
    number: int


@dataclass(frozen=True)
class Island:
    """How many islands there are of a size."""

    size: int
    number: int


@dataclass(frozen=True)
class Community:
    """A community with how many of the set's terms are in it; `first` are its three most important ones."""

    number: int
    size: int
    first: tuple[str, ...]


@dataclass(frozen=True)
class Health:
    """The numbers of a set and the terms behind each. A term's place is its rank by importance, then id.

    `asked` is what was asked for them.
    """

    ids: tuple[str, ...]
    own: Flags
    defined: Flags
    explained: Flags
    category: Places
    categories: tuple[str, ...]
    community: Places
    starts: Places
    ends: Places
    kind: Places
    kinds: tuple[str, ...]
    degree: Places
    island: Places
    sizes: Places
    differing: Places
    aliases: Places
    asked: tuple[Asked, ...] = ()

    @property
    def terms(self) -> int:
        return int(self.own.sum())

    @property
    def relations(self) -> int:
        return len(self.kind)

    @property
    def all_aliases(self) -> int:
        return int(self.aliases[self.own].sum())

    @property
    def important(self) -> Places:
        return np.flatnonzero(self.own)

    @property
    def referred(self) -> Places:
        """Terms that a relation of the set names and that no set defines."""
        return np.flatnonzero(~self.own & ~self.defined)

    @property
    def elsewhere(self) -> Places:
        """Terms that a relation of the set names and that only other sets define."""
        return np.flatnonzero(~self.own & self.defined)

    @property
    def unexplained(self) -> Places:
        return np.flatnonzero(self.own & ~self.explained)

    @property
    def orphans(self) -> Places:
        """Terms that no relation of the set touches."""
        return np.flatnonzero(self.own & (self.degree == 0))

    @property
    def mean_degree(self) -> float:
        return float(self.degree[self.own].mean()) if self.terms else 0.0

    def of_kinds(self) -> list[Count]:
        """The kinds of relation with how many there are of each, the commonest first."""
        return _counts("kind", self.kinds, np.bincount(self.kind, minlength=len(self.kinds)))

    def of_categories(self) -> list[Count]:
        """The categories with how many of the set's terms each has, the largest first."""
        counted = np.bincount(self.category[self.own], minlength=len(self.categories))
        return _counts("category", self.categories, counted)

    def of_degrees(self) -> list[Count]:
        """How many of the set's terms have so many neighbours, in columns up to the last that has any."""
        if not self.terms:
            return []
        columns = np.searchsorted(DEGREES, self.degree[self.own], side="right") - 1
        return [
            Count(f"degree:{DEGREES[at]}", span(at), number) for at, number in enumerate(np.bincount(columns).tolist())
        ]

    def of_islands(self) -> list[Island]:
        """Sizes of the islands, the largest first."""
        sizes, numbers = np.unique(self.sizes, return_counts=True)
        pairs = zip(sizes.tolist(), numbers.tolist(), strict=True)
        return [Island(size, number) for size, number in reversed(list(pairs))]

    def of_communities(self) -> list[Community]:
        """The communities that have two or more of the set's terms, the largest first."""
        mine = np.flatnonzero(self.own & (self.community >= 0))
        order = mine[np.argsort(self.community[mine], kind="stable")]
        numbers, begins, sizes = np.unique(self.community[order], return_index=True, return_counts=True)
        found = [
            Community(number, size, tuple(self.ids[place] for place in order[begin : begin + min(size, 3)].tolist()))
            for number, begin, size in zip(numbers.tolist(), begins.tolist(), sizes.tolist(), strict=True)
            if size > 1
        ]
        return sorted(found, key=lambda one: (-one.size, one.number))

    def behind(self, part: str) -> Places | None:
        """The places of the terms behind a number of the page; None when there is no such number."""
        name, colon, value = part.partition(":")
        if colon:
            return self._behind_value(name, value)
        plain: dict[str, Places] = {
            "terms": self.important,
            "related": np.flatnonzero(self.own & (self.degree > 0)),
            "aliased": np.flatnonzero(self.own & (self.aliases > 0)),
            "referred": self.referred,
            "elsewhere": self.elsewhere,
            "unexplained": self.unexplained,
            "orphans": self.orphans,
            "differing": self.differing,
        }
        return plain.get(name)

    def _behind_value(self, name: str, value: str) -> Places | None:
        if name == "kind" and value in self.kinds:
            chosen = self.kind == self.kinds.index(value)
            return np.unique(np.concatenate((self.starts[chosen], self.ends[chosen])))
        if name == "category" and value in self.categories:
            return np.flatnonzero(self.own & (self.category == self.categories.index(value)))
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else ALONE
        if number < 0:
            return None
        if name == "degree" and number in DEGREES:
            at = DEGREES.index(number)
            most = DEGREES[at + 1] if at + 1 < len(DEGREES) else np.inf
            return np.flatnonzero(self.own & (self.degree >= number) & (self.degree < most))
        if name == "islands" and number in self.sizes:
            in_one = self.island >= 0
            return np.flatnonzero(in_one & (self.sizes[np.where(in_one, self.island, 0)] == number))
        if name == "community" and number in self.community:
            return np.flatnonzero(self.own & (self.community == number))
        return None

    def islands(self, places: Sequence[int]) -> list[list[int]]:
        """The places by their islands, the one with the most important term first."""
        groups: dict[int, list[int]] = {}
        for place in places:
            groups.setdefault(int(self.island[place]), []).append(place)
        return list(groups.values())


def health(terms: Terms, relations: Relations, differing: Sequence[int]) -> Health:
    """The health of a set. `relations` may know no node that `terms` does not; `differing` are numbers of terms."""
    size = len(terms.ids)
    by_id = np.array(sorted(range(size), key=terms.ids.__getitem__), dtype=np.int64)
    order = by_id[np.argsort(-np.array(terms.importance)[by_id], kind="stable")]
    places = np.empty(size, dtype=np.int64)
    places[order] = np.arange(size)
    ids = tuple(map(terms.ids.__getitem__, order.tolist()))
    starts, ends = places[_column(relations.starts)], places[_column(relations.ends)]
    pairs = _pairs(starts, ends, size)
    island, sizes = _islands(size, pairs)
    return Health(
        ids=ids,
        own=_flags(terms.own)[order],
        defined=_flags(terms.defined)[order],
        explained=_flags(terms.explained)[order],
        category=_column(terms.category)[order],
        categories=tuple(terms.categories),
        community=_column(terms.community)[order],
        starts=starts,
        ends=ends,
        kind=_column(relations.kind),
        kinds=tuple(relations.kinds),
        degree=np.bincount(pairs.ravel(), minlength=size),
        island=island,
        sizes=sizes,
        differing=np.sort(places[np.array(differing, dtype=np.int64)]),
        aliases=_column(terms.aliases)[order],
    )


def differ(said: Mapping[str, Mapping[str, Any]], set_id: str | None) -> bool:
    """Whether sets define a term in different words; with `set_id`, that set in other words than another."""
    words = {name: entry.get("definition") for name, entry in said.items()}
    mine = words.get(set_id) if set_id is not None else None
    if set_id is not None and not mine:
        return False
    return len({text for text in words.values() if text} | ({mine} if mine else set())) > 1


def _column(values: "array[int]") -> Places:
    return np.frombuffer(values, dtype=np.int64) if len(values) else np.empty(0, dtype=np.int64)


def _flags(values: bytearray) -> Flags:
    return np.frombuffer(values, dtype=np.bool_) if values else np.empty(0, dtype=np.bool_)


def _pairs(starts: Places, ends: Places, size: int) -> Places:
    """Neighbours: each pair of different terms once, n by 2."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    keys = np.unique((low * max(size, 1) + high)[low != high])
    return np.stack((keys // max(size, 1), keys % max(size, 1)), axis=1)


def _islands(size: int, pairs: Places) -> tuple[Places, Places]:
    """For each term the number of its island, the largest 0, ALONE without a neighbour; and each island's size."""
    network = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from([None] * size)
    for start in range(0, len(pairs), EDGES):
        low, high = pairs[start : start + EDGES].T.tolist()
        network.extend_from_edge_list(list(zip(low, high, strict=True)))
    found = [component for component in rustworkx.connected_components(network) if len(component) > 1]
    found.sort(key=lambda component: (-len(component), min(component)))
    island = np.full(size, ALONE, dtype=np.int64)
    for number, component in enumerate(found):
        island[list(component)] = number
    return island, np.array([len(component) for component in found], dtype=np.int64)


def _counts(part: str, names: Sequence[str], numbers: Places) -> list[Count]:
    counts = [
        Count(f"{part}:{name}", name, number) for name, number in zip(names, numbers.tolist(), strict=True) if number
    ]
    return sorted(counts, key=lambda count: (-count.number, count.name))


def span(at: int) -> str:
    """The words of a column of the degree distribution: "6–7"."""
    if at + 1 == len(DEGREES):
        return f"{DEGREES[at]:,} or more"
    first, last = DEGREES[at], DEGREES[at + 1] - 1
    return f"{first:,}" if first == last else f"{first:,}–{last:,}"
