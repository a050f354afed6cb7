"""A Java server as a child process: its command line, its birth and its end.

Passwords never stand on a command line, where `ps` shows them: Java reads its whole command line from a file
that only the owner can open. Which server is started is the business of `arcadedb` and `neo4j_community`.
"""

import contextlib
import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from graph.server.state import LOOPBACK, Paths, State, keep_short, write_private

OPTIONS_OF_OTHERS = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
# Outside the range from which systems take ports for outgoing connections: a driver that keeps knocking at
# the port of a dead server could otherwise be given that very port, and the server could not come back.
PORTS = range(20_000, 30_000)


@dataclass(frozen=True)
class Launch:
    """What it takes to start a server: the Java program, its arguments, and variables it wants to see."""

    java: Path
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def argument_file(arguments: Iterable[str]) -> str:
    """Arguments in the notation of Java's argument files: one a line, quoted."""
    escaped = (argument.replace("\\", "\\\\").replace('"', '\\"') for argument in arguments)
    return "".join(f'"{argument}"\n' for argument in escaped)


def free_port(taken: Iterable[int] = (), preferred: int | None = None) -> int:
    """A free port on the loopback interface, the preferred one if it is free. Raises OSError when none is."""
    candidates = [preferred] if preferred is not None else []
    candidates += random.sample(PORTS, 200)
    for port in candidates:
        if port not in taken and _is_free(port):
            return port
    raise OSError("no port of the loopback interface is free")


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as servers do: a connection that has just ended doesn't hold its port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def start(launch: Launch, paths: Paths) -> subprocess.Popen[bytes]:
    """Start a server, its output in the server's log. Call it from the main thread only.

    (On Linux the kernel ends the child when the *thread* that made it ends.) Raises OSError.
    """
    write_private(paths.arguments, argument_file(launch.arguments))
    keep_short(paths.server_log)
    with paths.server_log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own command, no shell
            command(launch.java, paths),
            cwd=paths.folder,
            env=environment(launch),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_ending_with_parent(),  # no other thread runs in the supervisor then
        )


def command(java: Path, paths: Paths) -> list[str]:
    """The command line that the process list shows."""
    return [str(java), f"@{paths.arguments}"]


def environment(launch: Launch) -> dict[str, str]:
    """The variables that the child sees: ours, without options that others meant for other Java programs."""
    kept = {name: value for name, value in os.environ.items() if name not in OPTIONS_OF_OTHERS}
    if os.name == "posix":
        kept["LC_ALL"] = "C.UTF-8"  # else Java cannot name a folder with letters that the user's locale lacks
    return {**kept, **launch.environment}


def _ending_with_parent() -> Callable[[], None] | None:
    """What the child does before it becomes Java: ask Linux to be killed when we are gone, however we went."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    ask_for_signal_at_parents_death = 1
    parent = os.getpid()

    def prepare() -> None:
        libc.prctl(ask_for_signal_at_parents_death, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def stop(process: subprocess.Popen[bytes], patience: float = 15.0) -> None:
    """End a server the friendly way, and after some patience the other way."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_orphan(state: State | None, paths: Paths, patience: float = 15.0) -> bool:
    """End the server that a killed supervisor left behind; whether there was one.

    Numbers of processes are used again, and the time of birth that the system tells moves with its clock. But
    only a server of this folder has this folder's argument file on its command line.
    """
    if state is None or state.java_pid is None:
        return False
    try:
        orphan = psutil.Process(state.java_pid)
        if f"@{paths.arguments}" not in orphan.cmdline():
            return False
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    with contextlib.suppress(psutil.NoSuchProcess):
        orphan.terminate()
        try:
            orphan.wait(patience)
        except psutil.TimeoutExpired:
            orphan.kill()
            orphan.wait(patience)
    return True
