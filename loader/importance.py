"""Importance and community of every defined term, derived from all relations after a load.

Importance is PageRank over the relations taken both ways (Page et al., 1999); communities are clusters of high
modularity by the Leiden method (Traag et al., 2019). Both are the same from run to run. Terms are numbered in the order
of their ids, and what is known of them stands in columns, for there may be a million.
"""

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import rustworkx
from graspologic_native import leiden
from numpy.typing import NDArray

from graph.connection import Graph, Row, Writing
from loader.aside import aside
from loader.lease import Lease

DIGITS = 6
BATCH = 5_000
EDGES = 10_000
SEED = 1
TOLERANCE = 1e-10
STEPS = 1_000
ITERATIONS = 3
NONE = -1
MOST_IMPORTANT = 60
Pairs = NDArray[np.int64]


@dataclass(frozen=True)
class Rank:
    """`importance` is 1 for an average term; `community` counts from 0, the largest first."""

    importance: float
    community: int


@dataclass
class Held:
    """What the graph holds of each term; importance and community are NONE where it has none. `categories`: how many
    defined terms each has.
    """

    ids: list[str] = field(default_factory=list)
    importance: "array[float]" = field(default_factory=lambda: array("d"))
    community: "array[int]" = field(default_factory=lambda: array("q"))
    defined: bytearray = field(default_factory=bytearray)
    categories: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Held":
        held = cls()
        for row in rows:
            held.ids.append(row["id"])
            held.importance.append(NONE if row["importance"] is None else row["importance"])
            held.community.append(NONE if row["community"] is None else row["community"])
            held.defined.append(bool(row["defined"]))
            if row["defined"]:
                held.categories[row["category"] or ""] += 1
        return held


def rank_terms(ids: Iterable[str], relations: Iterable[tuple[str, str]]) -> dict[str, Rank]:
    """The rank of each id, given the ends of all relations. The order of the arguments does not matter."""
    numbers = _numbered(ids)
    scores, labels = _ranks(len(numbers), _pairs(relations, numbers))
    return {term_id: Rank(scores[number], labels[number]) for term_id, number in numbers.items()}


def update_importance(graph: Graph, lease: Lease) -> int:
    """Write what differs; gives the number of terms written."""
    held = graph.fold("load/all_importance", Held.of)
    numbers = _numbered(term_id for term_id, defined in zip(held.ids, held.defined, strict=True) if defined)
    pairs = graph.fold("load/all_relations", lambda rows: _pairs(((row["start"], row["end"]) for row in rows), numbers))
    # A million terms take about as long as a lease holds.
    scores, labels = aside(lambda: _ranks(len(numbers), pairs), meanwhile=lambda: lease.extend(graph)) or ((), ())
    rows = _differing(held, numbers, scores, labels)
    count, batch = 0, list(islice(rows, BATCH))
    while True:
        following = list(islice(rows, BATCH))
        _write(graph, lease, batch, None if following else _start(held, numbers, scores))
        count += len(batch)
        if not following:
            return count
        batch = following


def _numbered(ids: Iterable[str]) -> dict[str, int]:
    return {term_id: number for number, term_id in enumerate(sorted(set(ids)))}


def _pairs(relations: Iterable[tuple[str, str]], numbers: dict[str, int]) -> Pairs:
    """The numbers of both ends of each relation, the smaller first, each pair once and in order: n by 2."""
    flat = array("q")
    for start, end in relations:
        if start in numbers and end in numbers:
            flat.extend((numbers[start], numbers[end]))
    ends = np.sort(np.frombuffer(flat, dtype=np.int64).reshape(-1, 2), axis=1)
    ends = ends[ends[:, 0] != ends[:, 1]]
    size = max(len(numbers), 1)
    keys = np.unique(ends[:, 0] * size + ends[:, 1])
    return np.stack((keys // size, keys % size), axis=1)


def _ranks(size: int, pairs: Pairs) -> tuple[Sequence[float], Sequence[int]]:
    """Importance and community by number."""
    if not len(pairs):
        return array("d", [1.0]) * size, range(size)
    return _page_rank(size, pairs), _by_size(_communities(size, pairs))


def _differing(
    held: Held, numbers: dict[str, int], scores: Sequence[float], labels: Sequence[int]
) -> Iterator[dict[str, Any]]:
    for row, term_id in enumerate(held.ids):
        number = numbers.get(term_id)
        wanted = (NONE, NONE) if number is None else (scores[number], labels[number])
        if (held.importance[row], held.community[row]) != wanted:
            known = (None, None) if number is None else wanted
            yield {"id": term_id, "importance": known[0], "community": known[1]}


def _start(held: Held, numbers: dict[str, int], scores: Sequence[float]) -> dict[str, Any]:
    """What an explorer starts with, so that it need not look at all terms: the most important, and the categories."""
    top = heapq.nsmallest(MOST_IMPORTANT, numbers, key=lambda term_id: (-scores[numbers[term_id]], term_id))
    categories = sorted(held.categories.items(), key=lambda item: (-item[1], item[0]))
    return {
        "top": top,
        "top_importance": [scores[numbers[term_id]] for term_id in top],
        "categories": [name for name, _ in categories],
        "category_terms": [terms for _, terms in categories],
    }


def _write(graph: Graph, lease: Lease, rows: list[dict[str, Any]], last: dict[str, Any] | None) -> None:
    def work(tx: Writing) -> None:
        lease.verify(tx)
        if rows:
            tx.run("load/put_importance", rows=rows)
        if last is not None and rows:
            tx.run("load/next_revision")
        if last is not None:
            tx.run("load/mark_ranked", **last)

    graph.write(work)


def _parts(pairs: Pairs) -> Iterator[list[list[int]]]:
    """The pairs as Python's own numbers, a part at a time: nine times as large."""
    for start in range(0, len(pairs), EDGES):
        yield pairs[start : start + EDGES].tolist()


def _page_rank(size: int, pairs: Pairs) -> "array[float]":
    """The PageRank of every node, 1 on average."""
    network = rustworkx.PyDiGraph()
    network.add_nodes_from([None] * size)
    for some in _parts(pairs):
        network.extend_from_edge_list([edge for one, other in some for edge in ((one, other), (other, one))])
    scores = rustworkx.pagerank(network, tol=TOLERANCE, max_iter=STEPS)
    return array("d", (round(float(scores[number]) * size, DIGITS) for number in range(size)))


def _communities(size: int, pairs: Pairs) -> "array[int]":
    """The cluster of every node; a node without a relation is one by itself.

    A node with a single neighbour is in the same cluster as that one wherever modularity is highest (Brandes et al.,
    2008). So the library is not asked about it: it takes more memory than all else here, some for each node.
    """
    hosts, rest = _without_leaves(size, pairs)
    found = _leiden(_Edges(rest))
    return array("q", (found.get(str(host), size + host) for host in hosts.tolist()))


class _Edges(Sequence[tuple[str, str, float]]):
    """Pairs as the library takes them, made while it reads them: all at once they would be the larger part of it."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, index: Any) -> Any:
        one, other = self.pairs[index].tolist()
        return str(one), str(other), 1.0

    def __iter__(self) -> Iterator[tuple[str, str, float]]:
        for some in _parts(self.pairs):
            for one, other in some:
                yield str(one), str(other), 1.0


def _leiden(edges: Sequence[tuple[str, str, float]]) -> dict[str, int]:
    if not edges:
        return {}
    _, found = leiden(
        edges=edges,  # type: ignore[arg-type]  # any sequence will do
        starting_communities=None,
        resolution=1.0,
        randomness=0.001,
        iterations=ITERATIONS,
        use_modularity=True,
        seed=SEED,
        trials=1,
    )
    return found


def _without_leaves(size: int, pairs: Pairs) -> tuple[NDArray[np.int64], Pairs]:
    """For each node the one whose cluster it is in, itself or its only neighbour; and the pairs without such nodes."""
    hosts = np.arange(size)
    leaf = np.bincount(pairs.ravel(), minlength=size) == 1
    first, second = pairs[:, 0], pairs[:, 1]
    hosts[first[leaf[first]]] = second[leaf[first]]
    hosts[second[leaf[second]]] = first[leaf[second]]
    both = leaf[first] & leaf[second]
    hosts[first[both]] = first[both]  # two that have only each other
    return hosts, pairs[~(leaf[first] | leaf[second])]


def _by_size(labels: Sequence[int]) -> "array[int]":
    """Labels renamed so that 0 is the largest cluster; of equal ones the first in the list comes first."""
    sizes = Counter(labels)
    order = {label: number for number, label in enumerate(sorted(sizes, key=lambda label: -sizes[label]))}
    return array("q", (order[label] for label in labels))
