"""Where the terms of a page's map begin: a spring layout with fixed dice: the same terms, the same page. Pure.

The page itself moves apart what would overlap once it knows how large names are.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

import numpy as np
import rustworkx

SEED = 7
ROUNDS = 300
APART = 96.0
LOOSE = 0.12
STRETCHED = 1.25


def places(number: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """x and y of each of so many terms, one after the other."""
    network: rustworkx.PyGraph[int | None, float] = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from(range(number))
    network.extend_from_weighted_edge_list([(start, end, 1.0) for start, end in sorted(set(pairs))])
    # Parts that hang on nothing would drift out of sight: each is tied loosely to the most important term of all.
    for part in rustworkx.connected_components(network):
        if 0 not in part:
            network.add_edge(0, min(part), LOOSE)
    found = rustworkx.spring_layout(
        network,
        seed=SEED,
        num_iter=ROUNDS,
        weight_fn=float,
        scale=round(APART * sqrt(max(number, 1))),
        repulsive_exponent=2,
    )
    return [round(coordinate) for place in _wide(number, found) for coordinate in place]


def _wide(number: int, found: Mapping[int, Sequence[float]]) -> list[list[float]]:
    """The same turned so that the longer way is from left to right, as windows are, and somewhat stretched."""
    if number < 2:
        return [[0.0, 0.0]] * number
    points = np.array([found[term] for term in range(number)])
    points -= points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    turned: list[list[float]] = (points @ axes.T * (STRETCHED, 1.0)).tolist()
    return turned
