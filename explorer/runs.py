"""People's own queries under way: each has an id, by which it is stopped, and ends when its page has gone.

A query holds a thread of the web server for as long as it runs. So there are seats for them, fewer than the server has
threads: whoever finds none is told so at once, and clicks on the map are answered whatever people ask.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from graph.asking import Handle
from graph.connection import Graph
from graph.errors import GraphError, QueryStopped, TooManyQueries
from graph.limits import QueryResult

ID = re.compile(r"[0-9a-f]{24}")
SEATS = 24
KEPT = 200


class Runs:
    """The queries of all pages of this process. Safe among threads."""

    def __init__(self, graph: Graph, seats: int = SEATS) -> None:
        self._graph = graph
        self._seats = threading.BoundedSemaphore(seats)
        self._lock = threading.Lock()
        self._handles: dict[str, Handle] = {}
        self._stopped: OrderedDict[str, None] = OrderedDict()

    def run(self, id_: str, text: str, parameters: dict[str, Any], gone: Callable[[], bool]) -> QueryResult:
        """The answer to a statement. `gone()` tells whether whoever asked has left: then the query is stopped too.

        Raises what `Graph.query` raises.
        """
        if not self._seats.acquire(blocking=False):
            raise TooManyQueries.of(self._graph.settings.queries_at_once)
        try:
            return self._graph.query(text, parameters, handle=self._begin(id_, gone))
        finally:
            self._end(id_)
            self._seats.release()

    def stop(self, id_: str) -> None:
        """End this query on the server, if it still runs; one that has not come yet will not begin."""
        with self._lock:
            handle = self._handles.get(id_)
            if handle is None:
                self._stopped[id_] = None
                while len(self._stopped) > KEPT:
                    self._stopped.popitem(last=False)
        if handle is not None:
            handle.stop()
        else:
            self._stop_elsewhere(id_)

    def _stop_elsewhere(self, id_: str) -> None:
        """Another process may have begun it: on the server it carries the same mark."""
        try:
            self._graph.end_query(id_)
        except GraphError:
            return  # a server that is away runs no query

    def _begin(self, id_: str, gone: Callable[[], bool]) -> Handle:
        handle = Handle(id_, gone)
        with self._lock:
            if id_ in self._stopped:
                raise QueryStopped
            self._handles[id_] = handle
        return handle

    def _end(self, id_: str) -> None:
        with self._lock:
            self._handles.pop(id_, None)
