"""Makes the search index of a large graph in a process of its own.

To sort a million names is one call that holds Python's lock for seconds, and pages wait for as long; reading and
folding them takes turns with every answer for minutes. The other process reads the graph itself, and gives the index
back as the few texts and arrays that it is. It is a module that is run, so that it does not matter how the explorer was
started.
"""

import gc
import logging
import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from explorer import asked
from explorer.asked import Row
from explorer.index import Index, Known
from graph.connection import Graph
from graph.drivers import Way
from graph.errors import GraphError

LATER = 15  # of Unix's 0 to 19: an answer to a reader comes before the index
FIRST_TO_GO = "1000"  # where memory runs out, rather this process than the explorer


class NotMade(Exception):
    """There is no index; `str()` says why."""


def read_index(graph: Graph) -> Index:
    """The index of every term of the graph. Raises GraphError."""
    return graph.fold(asked.names().name, lambda rows: Index.of(map(_known, rows)))


def read_index_apart(graph: Graph) -> Index:
    """The same, made by another process, which goes when this one does. Raises GraphError, NotMade."""
    command = [sys.executable, "-P", "-m", __name__]
    here = os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}
    try:
        # In a session of its own, Ctrl-C is not for it.
        with subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, env=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        ) as process:
            try:
                made = _answer(process, graph.way())
            finally:
                process.kill()
    except (EOFError, OSError, MemoryError, pickle.UnpicklingError) as error:
        raise NotMade("the process that makes it was ended, perhaps for want of memory") from error
    if isinstance(made, GraphError):
        raise made
    return made


def _answer(process: subprocess.Popen[bytes], way: Way) -> Index | GraphError:
    there, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, max(LATER, os.getpriority(os.PRIO_PROCESS, 0)))
    pickle.dump(way, there)
    there.flush()
    answer: Index | GraphError = pickle.load(back)  # noqa: S301 - from a process of our own
    return answer


def main() -> None:
    """What the other process does: it is told the way on its standard input, and answers on its standard output."""
    gc.disable()  # whatever there is goes into the index
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what failed in the end is told by our own sentence
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
    way: Way = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the explorer
    threading.Thread(target=_go_with_the_other, daemon=True).start()
    try:
        with Graph.by(way) as graph:
            pickle.dump(read_index(graph), sys.stdout.buffer)
    except GraphError as error:
        pickle.dump(GraphError(str(error)), sys.stdout.buffer)
    sys.stdout.buffer.flush()
    os._exit(0)


def _go_with_the_other() -> None:
    """Nothing more comes on the standard input, until its other end is closed by an explorer that ends, however."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _known(row: Row) -> Known:
    return Known(
        row["id"],
        row["name"] or row["id"],
        tuple(row["aliases"] or ()),
        row["definition"] or "",
        row["importance"],
    )


if __name__ == "__main__":
    main()
