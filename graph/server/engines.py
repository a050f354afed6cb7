"""What the supervisor asks of an engine, and the one answer that both engines give alike: is it ready?"""

import time
from collections.abc import Callable
from typing import Literal, Protocol

from graph import Engine
from graph.errors import ServerStartFailed
from graph.server.java import Launch
from graph.server.state import Credentials, Paths, Ports, ServerAddress
from graph.statements import statement


class EngineModule(Protocol):
    """A server that we can run: how to get it, prepare its folder, start it, and settle its accounts."""

    def provide(self, paths: Paths, notify: Callable[[str], None]) -> None:
        """Have the server's program at hand, downloaded if need be. Raises ServerStartFailed."""

    def prepare(self, paths: Paths, credentials: Credentials, ports: Ports, heap: str | None) -> Launch:
        """Make the folder ready and say how to start. Raises ServerStartFailed, OSError."""

    def address(self, credentials: Credentials, ports: Ports) -> ServerAddress:
        """Where the server is and who we are there."""

    def answers(self, address: ServerAddress, username: str, password: str) -> "Answer":
        """Whether a query of that account comes back."""

    def settle(self, address: ServerAddress) -> None:
        """Make sure that the accounts are as the address says; the server answers by now."""

    def tend(self, address: ServerAddress) -> None:
        """Called about once a second while the server runs. Raises GraphError when it doesn't answer."""

    def needs_http(self) -> bool:
        """Whether the engine wants a port for HTTP."""


def engine_module(engine: Engine) -> EngineModule:
    """The engine of that name. Nothing of the other one is imported."""
    if engine == "neo4j":
        from graph.server.neo4j_community import Neo4jCommunity

        return Neo4jCommunity()
    from graph.server.arcadedb import ArcadeDB

    return ArcadeDB()


Answer = Literal["yes", "not yet", "refused"]


def bolt_answers(address: ServerAddress, username: str, password: str) -> Answer:
    """Whether a query comes back: "not yet" while the server is starting, "refused" when the account is wrong."""
    import neo4j  # here, because it takes half a second, in which the server is already starting
    from neo4j import exceptions as driver_errors

    try:
        with (
            neo4j.GraphDatabase.driver(
                address.uri,
                auth=(username, password),
                connection_timeout=5.0,
                notifications_min_severity="OFF",
            ) as driver,
            driver.session(database=address.database, default_access_mode=neo4j.READ_ACCESS) as session,
        ):
            session.run(statement("explore/ping").text).consume()
    except driver_errors.AuthError:
        return "refused"
    except (driver_errors.Neo4jError, driver_errors.DriverError, OSError):
        return "not yet"
    return "yes"


def wait_until_ready(
    module: EngineModule, address: ServerAddress, alive: Callable[[], bool], patience: float, log: str
) -> None:
    """Return when both accounts get an answer.

    Raises ServerStartFailed when that takes too long, the child died, or the server knows other passwords.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not alive():
            raise ServerStartFailed(f"The bundled {address.engine} server ended while it was starting: see {log}.")
        answer = module.answers(address, address.username, address.password)
        if answer == "refused":
            raise ServerStartFailed(
                f"The bundled {address.engine} server does not know its password any more: "
                "move its folder under CONCEPTMAP_HOME/servers away, and load the term sets again."
            )
        if answer == "yes":
            module.settle(address)
            if module.answers(address, address.reader_username, address.reader_password) == "yes":
                return
        time.sleep(0.05)
    raise ServerStartFailed(
        f"The bundled {address.engine} server did not answer within {patience:.0f} seconds: see {log}."
    )
