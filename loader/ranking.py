"""Brings importance and communities to the graph's revision: they are derived, and may lag behind what is written."""

from collections.abc import Callable

from graph.connection import Graph
from graph.errors import GraphError
from loader.lease import Lease


def is_ranked(graph: Graph) -> bool:
    """Whether importance is up to date."""
    return all(row["ranked_revision"] == row["revision"] for row in graph.read_all("load/state"))


def rank(graph: Graph, lease: Lease, phase: Callable[[str], None]) -> str:
    """Bring importance to the graph's revision. When it fails, what is written stands; gives the reason then."""
    if is_ranked(graph):
        return ""
    phase("Computing the importance of the terms")
    # Its libraries take half a second to import, which a load that changes nothing need not pay.
    from loader.importance import update_importance

    try:
        update_importance(graph, lease)
    except GraphError as error:
        return str(error)
    return ""
