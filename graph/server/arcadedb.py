"""ArcadeDB as a bundled server: its command line, its reading account, and its SQL.

Jars and Java come with the `arcadedb-embedded` wheel, which is found and never imported (importing it would
start a Java machine in our own process). The life of the process is the business of `supervisor`.
"""

import base64
import http.client
import importlib.util
import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.errors import QueryFailed, ServerStartFailed, ServerUnreachable
from graph.server.engines import Answer
from graph.server.java import Launch
from graph.server.state import LOOPBACK, READER_SECONDS, Credentials, Paths, Ports, ServerAddress, write_private
from graph.statements import statement

log = logging.getLogger("conceptmap.supervisor")
DATABASE = "neo4j"
WRITER = "root"
READER = "reader"
READ_TIMEOUT_MS = int(READER_SECONDS * 1000)
HEAP = "1g"
HTTP_PATIENCE = 30.0


@dataclass(frozen=True)
class Wheel:
    """What the `arcadedb-embedded` wheel brings: a Java program and the folder of jars."""

    java: Path
    jars: Path


def find_wheel() -> Wheel:
    """Where the wheel is installed. Raises ServerStartFailed when it isn't."""
    found = importlib.util.find_spec("arcadedb_embedded")
    if found is None or not found.submodule_search_locations:
        raise ServerStartFailed(
            "The bundled database is not installed: run `pip install arcadedb-embedded`, or set NEO4J_URI."
        )
    folder = Path(next(iter(found.submodule_search_locations)))
    wheel = Wheel(folder / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java"), folder / "jars")
    if not wheel.java.exists() or not wheel.jars.is_dir():
        raise ServerStartFailed(
            f"The bundled database in {folder} is incomplete: run `pip install --force-reinstall arcadedb-embedded`."
        )
    return wheel


def arguments(wheel: Wheel, paths: Paths, ports: Ports, heap: str) -> tuple[str, ...]:
    """Java's arguments. The root password is a file that only the owner can read, and used at the first start."""
    properties = {
        "java.util.logging.config.file": paths.folder / "logging.properties",
        "arcadedb.server.rootPath": paths.data,
        "arcadedb.server.logsDirectory": paths.logs,
        "arcadedb.server.rootPasswordPath": password_file(paths),
        "arcadedb.server.mode": "development",  # "production" hides the texts of errors from the client
        "arcadedb.server.httpIncomingHost": LOOPBACK,
        "arcadedb.server.httpIncomingPort": ports.http,
        "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "arcadedb.bolt.host": LOOPBACK,
        "arcadedb.bolt.port": ports.bolt,
        "arcadedb.server.defaultDatabases": f"{DATABASE}[{WRITER}]",
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
        "arcadedb.polyglotEngineEnabled": "false",
        "arcadedb.studio.enabled": "false",
        "arcadedb.support.autoRegister": "false",
    }
    return (
        f"-Xmx{heap}",
        "-XX:+UseCompactObjectHeaders",
        "-XX:+UseSerialGC",  # this and the next: a start in two thirds of the time, see docs/decisions/0007
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",  # so that the supervisor starts it again
        f"-XX:ErrorFile={paths.logs / 'java-error-%p.log'}",
        "--add-modules",
        "jdk.incubator.vector",
        "--add-opens",
        "java.base/java.nio=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        *(f"-D{name}={value}" for name, value in properties.items()),
        "-cp",
        str(wheel.jars / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    )


LOGGING = """\
handlers = java.util.logging.ConsoleHandler
.level = INFO
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""


def password_file(paths: Paths) -> Path:
    """Where the server reads the root password at its first start."""
    return paths.folder / "root-password"


class ArcadeDB:
    """The engine, as the supervisor sees it."""

    def needs_http(self) -> bool:
        return True

    def provide(self, paths: Paths, notify: Callable[[str], None]) -> None:  # noqa: ARG002 - the wheel is here or not
        find_wheel()

    def prepare(self, paths: Paths, credentials: Credentials, ports: Ports, heap: str | None) -> Launch:
        wheel = find_wheel()
        _forget_other_passwords(paths, credentials)
        write_private(password_file(paths), credentials.password)
        write_private(paths.folder / "logging.properties", LOGGING)
        return Launch(wheel.java, arguments(wheel, paths, ports, heap or HEAP))

    def address(self, credentials: Credentials, ports: Ports) -> ServerAddress:
        return ServerAddress(
            engine="arcadedb",
            uri=f"bolt://{LOOPBACK}:{ports.bolt}",
            username=WRITER,
            password=credentials.password,
            reader_username=READER,
            reader_password=credentials.reader_password,
            database=DATABASE,
            http_url=f"http://{LOOPBACK}:{ports.http}",
        )

    def answers(self, address: ServerAddress, username: str, password: str) -> Answer:
        """Asked by HTTP, which answers after Bolt does: the driver's import would take as long as half a start."""
        body = {"language": "cypher", "command": statement("explore/ping").text}
        try:
            code, _ = _request(address, (username, password), "POST", f"/api/v1/query/{address.database}", body, 5.0)
        except ServerUnreachable:
            return "not yet"
        return "yes" if code < 400 else "refused" if code in (401, 403) else "not yet"

    def settle(self, address: ServerAddress) -> None:
        """Make the account that may only read. Bolt answers before HTTP does, so this may wait a little."""
        _wait_for_http(address)
        _call(address, "POST", "/api/v1/server/groups", reader_group())
        if self.answers(address, address.reader_username, address.reader_password) == "refused":
            users = _call(address, "GET", "/api/v1/server/users").get("result", [])
            if any(user.get("name") == READER for user in users):
                _call(address, "POST", "/api/v1/server", {"command": f"drop user {READER}"})
            account = {"name": READER, "password": address.reader_password, "databases": {DATABASE: [READER]}}
            _call(address, "POST", "/api/v1/server", {"command": f"create user {json.dumps(account)}"})

    def tend(self, address: ServerAddress) -> None:
        """Stop what the reading account has run for too long.

        The group's `readTimeout` ends a query only while it gives rows, and the server's `command.timeout` would
        hold for loads too: so nobody but us ends a reader's query that searches for long and finds nothing.
        """
        running = _call(address, "POST", "/api/v1/server", {"command": "list queries"}, timeout=5.0)
        for number in overdue(running.get("result", [])):
            log.info("stopped query %s of the reading account", number)
            _call(address, "POST", "/api/v1/server", {"command": f"terminate query {number}"}, timeout=5.0)


def overdue(running: list[dict[str, Any]]) -> list[str]:
    """The queries of the reading account that have run past its time."""
    return [
        str(query["id"])
        for query in running
        if query.get("user") == READER and query.get("elapsedMs", 0) > READ_TIMEOUT_MS and not query.get("terminating")
    ]


def reader_group() -> dict[str, Any]:
    """The group of the account that may only read: no write, no schema change, no file, and an end to each query."""
    return {
        "database": DATABASE,
        "name": READER,
        "access": [],
        "resultSetLimit": -1,
        "readTimeout": READ_TIMEOUT_MS,
        "types": {"*": {"access": ["readRecord"]}},
    }


def _forget_other_passwords(paths: Paths, credentials: Credentials) -> None:
    """Have the accounts made anew when the passwords were (credentials.json was deleted); the data stays."""
    known = password_file(paths)
    if not known.exists() or known.read_text(encoding="utf-8") != credentials.password:
        (paths.data / "config" / "server-users.jsonl").unlink(missing_ok=True)


def run_sql(address: ServerAddress, sql: str, timeout: float = 600.0) -> dict[str, Any]:
    """Run one SQL statement, for what ArcadeDB's Cypher cannot say. Gives the server's answer.

    Raises QueryFailed when the server refuses it, ServerUnreachable when there is no answer.
    """
    body = {"language": "sql", "command": sql}
    return _call(address, "POST", f"/api/v1/command/{address.database}", body, timeout)


def _wait_for_http(address: ServerAddress) -> None:
    deadline = time.monotonic() + HTTP_PATIENCE
    while True:
        try:
            _call(address, "GET", "/api/v1/server/groups")
        except ServerUnreachable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _call(
    address: ServerAddress, method: str, path: str, body: dict[str, Any] | None = None, timeout: float = 30.0
) -> dict[str, Any]:
    """One request of the writing account. Raises QueryFailed when it is refused, ServerUnreachable."""
    code, answer = _request(address, (address.username, address.password), method, path, body, timeout)
    if code >= 400:
        reason = answer.get("detail") or answer.get("error") or f"status {code}"
        raise QueryFailed(f"The bundled ArcadeDB refused a command: {reason}")
    return answer


def _request(
    address: ServerAddress,
    account: tuple[str, str],
    method: str,
    path: str,
    body: dict[str, Any] | None,
    timeout: float,
) -> tuple[int, dict[str, Any]]:
    """One request to ArcadeDB's HTTP interface (without urllib: that would ask the system for a proxy)."""
    parts = urlsplit(address.http_url or "")
    if not parts.hostname:
        raise QueryFailed(f"The {address.engine} server takes no SQL: only the bundled ArcadeDB does.")
    secret = base64.b64encode(":".join(account).encode()).decode()
    headers = {"Authorization": f"Basic {secret}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        return response.status, dict(json.loads(response.read() or b"{}"))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ServerUnreachable(f"The bundled ArcadeDB does not answer at {address.http_url}: {error}.") from error
    finally:
        connection.close()
