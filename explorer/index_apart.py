"""Makes the search index of a large graph in a process of its own.

To sort a million names is one call that holds Python's lock for seconds, and pages wait for as long; reading and
folding them takes turns with every answer for minutes. The other process reads the graph itself, and gives the index
back as the few texts and arrays that it is.
"""

import gc
import multiprocessing
import os
import signal
import threading
from multiprocessing import connection

from explorer import asked
from explorer.asked import Row
from explorer.index import Index, Known
from graph.connection import Graph, Way
from graph.errors import GraphError

LATER = 15  # of Unix's 0 to 19: an answer to a reader comes before the index


class NotMade(Exception):
    """There is no index; `str()` says why."""


def read_index(graph: Graph) -> Index:
    """The index of every term of the graph. Raises GraphError."""
    return graph.fold(asked.names().name, lambda rows: Index.of(map(_known, rows)))


def read_index_apart(graph: Graph) -> Index:
    """The same, made by another process, which goes when this one does. Raises NotMade."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(graph.way(), there), name="search-index", daemon=True)
    process.start()
    if hasattr(os, "setpriority") and process.pid:
        os.setpriority(os.PRIO_PROCESS, process.pid, LATER)
    there.close()
    with here:
        try:
            made = here.recv()
        except EOFError:
            made = "its process was ended, perhaps for want of memory"
    process.join()
    if isinstance(made, str):
        raise NotMade(made)
    index: Index = made
    return index


def _make(way: Way, target: connection.Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the explorer, after which we go
    gc.disable()  # whatever there is goes into the index
    threading.Thread(target=_go_with_parent, daemon=True).start()
    try:
        with way.open() as graph:
            target.send(read_index(graph))
    except GraphError as error:
        target.send(str(error))


def _go_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _known(row: Row) -> Known:
    return Known(
        row["id"],
        row["name"] or row["id"],
        tuple(row["aliases"] or ()),
        row["definition"] or "",
        row["importance"],
    )
