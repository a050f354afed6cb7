"""The servers that we start ourselves when no `NEO4J_URI` is set: ArcadeDB, or Neo4j Community.

`acquire` gives a lease on one; who runs it and for how long is told in `supervisor`. Talking to the server is the
business of `graph.connection`.
"""

from pathlib import Path

from graph import Engine
from graph.server.client import ServerLease, ServerStatus, acquire, status
from graph.server.state import READER_SECONDS, Paths, ServerAddress, lacks_space


def run_sql(address: ServerAddress, sql: str) -> dict[str, object]:
    """Run one SQL statement on the bundled ArcadeDB. Raises QueryFailed, ServerUnreachable."""
    from graph.server import arcadedb

    return arcadedb.run_sql(address, sql)


def is_disk_full(home: Path, engine: Engine) -> bool:
    """Whether there is next to no space left where the bundled server keeps its data."""
    return lacks_space(Paths(home.expanduser().resolve(), engine))


__all__ = [
    "READER_SECONDS",
    "Engine",
    "ServerAddress",
    "ServerLease",
    "ServerStatus",
    "acquire",
    "is_disk_full",
    "run_sql",
    "status",
]
