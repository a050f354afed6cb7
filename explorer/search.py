"""Finding terms for the page: the index of a graph, renewed in the background, its hits read from the graph.

A derived index may be missing or old, never wrong about what exists: every hit is read before it is shown.
"""

import logging
import threading
from dataclasses import dataclass

from explorer import asked, queries
from explorer.index import Hit, Index, Known, why
from explorer.queries import Brief
from graph.connection import Graph
from graph.errors import GraphError

log = logging.getLogger(__name__)
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Suggestion:
    """A hit as it is shown, read from the graph."""

    term: Brief
    rank: int
    why: str = ""


class Finder:
    """The index of a graph, renewed in the background. Answers with what it has; at first, with nothing."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._index = Index(())
        self._revision: str | None = None
        self._building = threading.Lock()

    @property
    def ready(self) -> bool:
        return self._revision is not None

    def renew(self, revision: str) -> None:
        """Build the index anew in a thread when it is of another `revision`; never waits."""
        if revision != self._revision and self._building.acquire(blocking=False):
            threading.Thread(target=self._build, args=(revision,), name="search-index", daemon=True).start()

    def suggest(self, words: str, limit: int = 8) -> list[Suggestion]:
        """Suggestions for what was typed, read from the graph. Raises GraphError."""
        return self._read(self._index.find(words[:LONGEST_WORDS], limit))

    def nearest(self, words: str, limit: int = 5) -> list[Suggestion]:
        """Terms with a name like these words. Raises GraphError."""
        return self._read(self._index.nearest(words[:LONGEST_WORDS], limit))

    def _read(self, hits: list[Hit]) -> list[Suggestion]:
        terms = queries.briefs(self._graph, [hit.id for hit in hits])
        return [Suggestion(terms[hit.id], hit.rank, why(hit)) for hit in hits if hit.id in terms]

    def _build(self, revision: str) -> None:
        try:
            self._index = Index(read_known(self._graph))
            self._revision = revision
        except GraphError as error:
            log.warning("The search index could not be built: %s", error)
        finally:
            self._building.release()


def read_known(graph: Graph) -> list[Known]:
    """Every term of the graph as the index knows it."""
    return [
        Known(
            row["id"],
            row["name"] or row["id"],
            tuple(row["aliases"] or ()),
            row["definition"] or "",
            row["importance"],
        )
        for row in graph.read_all(asked.names().name)
    ]
