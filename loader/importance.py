"""Importance and community of every defined term, derived from all relations after a load.

Importance is PageRank over the relations taken both ways (Page et al., 1999); communities are clusters of high
modularity by the Leiden method (Traag et al., 2019). Both are the same from run to run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import rustworkx
from graspologic_native import leiden

from graph.connection import Graph, Writing
from loader.aside import aside
from loader.lease import Lease

DIGITS = 6
BATCH = 5_000
SEED = 1
TOLERANCE = 1e-10
STEPS = 1_000


@dataclass(frozen=True)
class Rank:
    """`importance` is 1 for an average term; `community` counts from 0, the largest first."""

    importance: float
    community: int


def rank_terms(ids: Iterable[str], relations: Iterable[tuple[str, str]]) -> dict[str, Rank]:
    """The rank of each id, given the ends of all relations. The order of the arguments does not matter."""
    terms = sorted(set(ids))
    if not terms:
        return {}
    place = {term_id: index for index, term_id in enumerate(terms)}
    pairs = sorted({(place[min(pair)], place[max(pair)]) for pair in relations if pair[0] != pair[1]})
    if not pairs:
        return {term_id: Rank(1.0, index) for index, term_id in enumerate(terms)}
    scores, labels = _page_rank(len(terms), pairs), _by_size(_communities(len(terms), pairs))
    return {term_id: Rank(round(scores[index], DIGITS), labels[index]) for index, term_id in enumerate(terms)}


def update_importance(graph: Graph, lease: Lease) -> int:
    """Write what differs; gives the number of terms written."""
    rows = graph.read_all("load/all_importance")
    relations = ((row["start"], row["end"]) for row in graph.read_all("load/all_relations"))
    ranks = aside(lambda: rank_terms((row["id"] for row in rows if row["defined"]), relations)) or {}
    differing = []
    for row in rows:
        rank = ranks.get(row["id"])
        wanted = (rank.importance, rank.community) if rank else (None, None)
        if (row["importance"], row["community"]) != wanted:
            differing.append({"id": row["id"], "importance": wanted[0], "community": wanted[1]})
    for start in range(0, max(len(differing), 1), BATCH):
        _write(graph, lease, differing[start : start + BATCH], is_last=start + BATCH >= len(differing))
    return len(differing)


def _write(graph: Graph, lease: Lease, rows: list[dict[str, object]], is_last: bool) -> None:
    def work(tx: Writing) -> None:
        lease.verify(tx)
        if rows:
            tx.run("load/put_importance", rows=rows)
        if is_last and rows:
            tx.run("load/next_revision")
        if is_last:
            tx.run("load/mark_ranked")

    graph.write(work)


def _page_rank(size: int, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """The PageRank of every node, 1 on average."""
    network = rustworkx.PyDiGraph()
    network.add_nodes_from(range(size))
    network.extend_from_edge_list([edge for start, end in pairs for edge in ((start, end), (end, start))])
    scores = rustworkx.pagerank(network, tol=TOLERANCE, max_iter=STEPS)
    return [float(scores[index]) * size for index in range(size)]


def _communities(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The cluster of every node; a node without a relation is one by itself."""
    edges = [(str(start), str(end), 1.0) for start, end in pairs]
    _, found = leiden(
        edges=edges,
        starting_communities=None,
        resolution=1.0,
        randomness=0.001,
        iterations=1,
        use_modularity=True,
        seed=SEED,
        trials=1,
    )
    return [found.get(str(index), size + index) for index in range(size)]


def _by_size(labels: Sequence[int]) -> list[int]:
    """Labels renamed so that 0 is the largest cluster; of equal ones the first in the list comes first."""
    sizes: dict[int, int] = {}
    for label in labels:
        sizes[int(label)] = sizes.get(int(label), 0) + 1
    order = {label: index for index, label in enumerate(sorted(sizes, key=lambda label: -sizes[label]))}
    return [order[int(label)] for label in labels]
