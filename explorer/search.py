"""Finding terms for the page: the index of a graph, renewed in the background, its hits read from the graph.

A derived index may be missing or old, never wrong about what exists: every hit is read before it is shown.
"""

import logging
import threading
import time
from dataclasses import dataclass

from explorer import queries
from explorer.index import Hit, Index, why
from explorer.index_apart import NotMade, read_index, read_index_apart
from explorer.queries import Brief
from graph.connection import Graph
from graph.errors import GraphError

log = logging.getLogger(__name__)
LONGEST_WORDS = 200
APART_FROM = 20_000  # terms; of fewer the index is there sooner than a process of its own
PAUSE_SECONDS = 60.0


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
        self._index = Index.of(())
        self._revision: str | None = None
        self._building = threading.Lock()

    @property
    def ready(self) -> bool:
        return self._revision is not None

    @property
    def revision(self) -> str:
        """The revision of the graph that the index is of; "" before there is one."""
        return self._revision or ""

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
            large = queries.size(self._graph) >= APART_FROM
            made = (read_index_apart if large else read_index)(self._graph)
            made.prepare()
            self._index = made
            self._revision = revision
        except GraphError as error:
            log.warning("The search index could not be built: %s", error)
        except NotMade as error:
            log.warning("The search index could not be built: %s. It is not tried again for a minute.", error)
            time.sleep(PAUSE_SECONDS)  # for want of memory the next one would be ended too
        finally:
            self._building.release()
