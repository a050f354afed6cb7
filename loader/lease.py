"""One writer at a time: a lease on the Meta node, taken before a load and verified by each of its transactions.

A writer that slept past its lease finds it gone and writes nothing more; one that comes second waits and is
told for whom. Times are the server's own, so that clocks of different machines need not agree.
"""

import getpass
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from graph.connection import PATIENCE_SECONDS, Graph, Writing
from graph.errors import GraphError, TransactionStopped, WriterBusy
from loader.aside import aside

LEASE_SECONDS = 30
STOP_SECONDS = 1.0
POLL_SECONDS = 0.5
TAKE_SECONDS = 5.0


@dataclass(frozen=True)
class Lease:
    """A lease that is ours until somebody takes it over, which they may `LEASE_SECONDS` after its last extension."""

    token: str

    def extend(self, graph: Graph) -> None:
        """Call after what takes long without a transaction of the lease. Raises WriterBusy when it is lost."""
        graph.write(self.verify)

    def verify(self, tx: Writing) -> None:
        """Call in every transaction, first, or last where several are under way, for it keeps the others waiting until
        the transaction ends: raises WriterBusy, and so undoes it, when the lease is lost.
        """
        if not tx.run("load/extend_lease", token=self.token, seconds=LEASE_SECONDS):
            raise WriterBusy(
                "Another load has taken over the graph because this one paused for too long: "
                "run it again, it goes on where it stopped."
            )


@contextmanager
def writer_lease(graph: Graph, wait: float, notify: Callable[[str], None]) -> Iterator[Lease]:
    """Hold the lease; waits up to `wait` seconds for another writer, and says for whom. Raises WriterBusy."""
    token = secrets.token_hex(16)
    try:
        _take(graph, token, wait, notify)
        try:
            yield Lease(token)
        except KeyboardInterrupt:
            raise
        except BaseException:
            _release(graph, token)
            raise
        _release(graph, token)
    except KeyboardInterrupt:
        aside(lambda: _release(graph.anew(), token, patience=0), STOP_SECONDS)
        raise


def _release(graph: Graph, token: str, patience: float = PATIENCE_SECONDS) -> None:
    # A server that is gone cannot take the lease back; it runs out by itself.
    with suppress(GraphError):
        graph.write(lambda tx: tx.run("load/release_lease", token=token), patience=patience)


def _take(graph: Graph, token: str, wait: float, notify: Callable[[str], None]) -> None:
    deadline = time.monotonic() + wait
    told = False
    while True:
        holder = _holder(graph, token)
        if holder is None:
            return
        if time.monotonic() >= deadline:
            raise WriterBusy(f"{holder} is writing to this graph: try again when it is done, or say --wait.")
        if not told:
            notify(f"Waiting for {holder}, who is writing to this graph …")
            told = True
        time.sleep(POLL_SECONDS)


def _holder(graph: Graph, token: str) -> str | None:
    """Take the lease if it may be taken; who has it, when it is not ours."""
    try:
        rows, _ = graph.write(
            lambda tx: tx.run("load/take_lease", token=token, writer=_who(), seconds=LEASE_SECONDS), TAKE_SECONDS
        )
    except TransactionStopped:
        # On Neo4j a transaction that does not end holds the Meta node, until the server gives it up.
        return graph.read("load/state")[0]["writer"] or "Another process"
    return None if rows[0]["token"] == token else str(rows[0]["writer"])


def _who() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "somebody"
    return f"{user} on {socket.gethostname()} (process {os.getpid()})"
