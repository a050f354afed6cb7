"""How a command gets a bundled server: find the one that runs, or have one started, and hold a lease on it.

The lease is an open connection to the server's `supervisor`; it ends with `close` or with the process.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from graph import Engine
from graph.errors import GraphError, ServerStartFailed
from graph.server.state import LOOPBACK, Paths, ServerAddress, State, explain, keep_short

LINGER = 3.0
PATIENCE = 180.0
PACKAGE_ROOT = Path(__file__).resolve().parents[2]
Notify = Callable[[str], None]


@dataclass(frozen=True)
class ServerStatus:
    """A bundled server that runs: `pid` is its supervisor's, `users` how many processes use it now."""

    engine: Engine
    pid: int
    java_pid: int | None
    port: int
    users: int
    ready: bool


class ServerLease:
    """The right to use a bundled server; while somebody holds one, the server stays."""

    def __init__(self, address: ServerAddress, connection: socket.socket) -> None:
        self.address = address
        self._connection = connection

    def close(self) -> None:
        """Give the lease back. Safe to repeat."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def acquire(
    home: Path,
    engine: Engine,
    *,
    notify: Notify = lambda text: None,
    linger: float = LINGER,
    heap: str | None = None,
) -> ServerLease:
    """A lease on the bundled server of that engine, which is started if it doesn't run.

    `notify` gets a sentence when something takes long. `linger` (how many seconds the server outlives its last
    user) and `heap` (Java's memory, such as "2g") count only for the one who starts it. Raises ServerStartFailed.
    """
    paths = Paths(home.expanduser().resolve(), engine)
    deadline = time.monotonic() + PATIENCE
    starter: _Starter | None = None
    while time.monotonic() < deadline:
        is_newest = _is_newest(paths)
        connection = _knock(paths, "lease")
        if connection is not None:
            lease = _wait_for_lease(connection, deadline, is_newest)
            if lease is not None:
                return lease
        if starter is None or starter.has_ended():
            before = time.monotonic()
            starter = _start(paths, notify, linger, heap)
            deadline += time.monotonic() - before  # a download takes as long as it takes
        time.sleep(0.02)
    raise ServerStartFailed(f"The bundled {engine} server did not start: see {paths.supervisor_log}.")


def status(home: Path, engine: Engine) -> ServerStatus | None:
    """The bundled server of that engine if it runs; starts nothing."""
    connection = _knock(Paths(home.expanduser().resolve(), engine), "status")
    if connection is None:
        return None
    with connection:
        answer = _hear(connection, time.monotonic() + 5)
    return ServerStatus(engine, **answer) if answer else None


def _knock(paths: Paths, ask: str) -> socket.socket | None:
    """A connection to the supervisor, the question already put; None when there is no supervisor."""
    try:
        state = State.read(paths)
    except OSError as error:
        raise explain(error, paths) from error
    if state is None or not _is_served(paths):
        return None
    try:
        connection = socket.create_connection((LOOPBACK, state.port), timeout=2)
        connection.sendall(json.dumps({"token": state.token, "ask": ask}).encode() + b"\n")
    except OSError:
        return None  # it is just ending, or was killed
    return connection


def _is_served(paths: Paths) -> bool:
    """Whether a supervisor holds the lock: one that was killed leaves a state whose port may be anybody's by now."""
    import filelock  # here, because a command that starts the server has no need of it

    try:
        with filelock.FileLock(paths.lock, timeout=0, mode=0o600):
            return False
    except filelock.Timeout:
        return True
    except OSError as error:
        raise explain(error, paths) from error


def _is_newest(paths: Paths) -> Callable[[], bool]:
    """Tells whether the door at which we are about to knock is still the one that the state names.

    A supervisor that takes over holds the lock a moment before it writes its state: meanwhile we knock at a port
    of the past, where a stranger may be who never says a word.
    """

    def token() -> str | None:
        with contextlib.suppress(OSError):
            state = State.read(paths)
            return state.token if state is not None else None
        return None

    ours = token()
    return lambda: token() == ours


def _wait_for_lease(connection: socket.socket, deadline: float, is_there: Callable[[], bool]) -> ServerLease | None:
    """The lease, or None when the supervisor went without an answer. Raises ServerStartFailed if it says no."""
    try:
        answer = _hear(connection, deadline, is_there)
        if answer and "address" in answer:
            return ServerLease(ServerAddress(**answer["address"]), connection)
    except BaseException:
        connection.close()  # Ctrl-C while waiting: the supervisor must not take us for a user
        raise
    connection.close()
    if answer:
        error = ServerStartFailed(answer.get("error", "The bundled server did not start."))
        if answer.get("log"):
            error.add_note(answer["log"])
        raise error
    return None


def _hear(
    connection: socket.socket, deadline: float, is_there: Callable[[], bool] = lambda: True
) -> dict[str, Any] | None:
    """One line of JSON; None when the other side went or speaks otherwise.

    Waits in short steps, so that Ctrl-C works everywhere.
    """
    connection.settimeout(0.5)
    heard = b""
    while not heard.endswith(b"\n"):
        try:
            part = connection.recv(65536)
        except TimeoutError:
            if time.monotonic() > deadline or not is_there():
                return None
            continue
        except OSError:
            return None
        if not part:
            return None
        heard += part
    try:
        answer = json.loads(heard)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


class _Starter:
    """A supervisor that we started: it becomes the one that serves, or says why there is none."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.said = b""
        self.waiter = threading.Thread(target=self._wait, daemon=True)
        self.waiter.start()

    def _wait(self) -> None:
        """Listen until it ends, and take its exit code, so that it doesn't stay behind as a zombie."""
        self.said, _ = self.process.communicate()

    def has_ended(self) -> bool:
        """Whether it is gone because another one serves, or served. Raises ServerStartFailed if it failed."""
        if self.waiter.is_alive():
            return False
        if self.process.returncode == 0:
            return True
        try:
            sentence = json.loads(self.said)["error"]
        except (ValueError, KeyError):
            sentence = f"The bundled server's supervisor ended with code {self.process.returncode}."
        raise ServerStartFailed(sentence)


def _start(paths: Paths, notify: Notify, linger: float, heap: str | None) -> _Starter:
    """Start a supervisor, after what it needs is there. Raises ServerStartFailed."""
    from graph.server.engines import engine_module

    engine_module(paths.engine).provide(paths, notify)
    command = [sys.executable, "-P", "-m", "graph.server.supervisor", "--home", str(paths.home)]
    command += ["--engine", paths.engine, "--linger", str(linger), *(["--heap", heap] if heap else [])]
    try:
        paths.create()
        keep_short(paths.supervisor_log)
        with paths.supervisor_log.open("ab") as log:
            return _Starter(
                subprocess.Popen(  # noqa: S603 - our own command, no shell
                    command,
                    cwd=paths.folder,
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    bufsize=0,
                    stderr=log,
                    start_new_session=True,
                    creationflags=_detached(),
                )
            )
    except (OSError, GraphError) as error:
        raise explain(error, paths) from error


def _environment() -> dict[str, str]:
    """Ours, and the folder from which `graph` was imported, wherever we were started."""
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(PACKAGE_ROOT), before]))}


def _detached() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
    return 0
