"""The servers that we start ourselves when no `NEO4J_URI` is set: ArcadeDB, or Neo4j Community.

`acquire` gives a lease on one; who runs it and for how long is told in `supervisor`. Talking to the server is the
business of `graph.connection`.
"""

from graph import Engine
from graph.server.client import ServerLease, ServerStatus, acquire, status
from graph.server.state import ServerAddress


def run_sql(address: ServerAddress, sql: str) -> dict[str, object]:
    """Run one SQL statement on the bundled ArcadeDB. Raises QueryFailed, ServerUnreachable."""
    from graph.server import arcadedb

    return arcadedb.run_sql(address, sql)


__all__ = ["Engine", "ServerAddress", "ServerLease", "ServerStatus", "acquire", "run_sql", "status"]
