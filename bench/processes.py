"""Servers and processes to measure with: a fresh server a measurement, a process a contestant.

What is measured runs apart from the bench, which must stay small: Linux counts a child's memory from its parent's.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from graph import Engine
from graph.server import status
from graph.settings import Settings
from tests import provide

ROOT = Path(__file__).resolve().parent.parent


class Failed(Exception):
    """A process ended badly; `str()` is the last line of what it said."""


@dataclass(frozen=True)
class Ended:
    """A process that ended well: seconds on the clock, its peak memory in MB, what it printed."""

    seconds: float
    megabytes: float
    text: str


@dataclass(frozen=True)
class Server:
    """A running server, as the environment of the processes that use it."""

    environment: dict[str, str]

    def load(self, file: Path) -> Ended:
        """`conceptmap load FILE`."""
        return run(("conceptmap", "load", str(file)), self.environment)

    def job(self, name: str, *paths: Path) -> dict[str, Any]:
        """A job of `bench.child`; gives what it measured."""
        return job(name, *paths, environment=self.environment)


@contextmanager
def fresh(engine: Engine) -> Iterator[Server]:
    """A server of the engine with a new data folder; it is gone afterwards, so that the next has the machine."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bundled = None
        try:
            with provide.server(engine, home) as settings:
                bundled = status(home, engine)
                yield Server(environment(settings))
        finally:
            while bundled is not None and any(map(_runs, (bundled.java_pid, bundled.pid))):
                time.sleep(0.2)


def job(name: str, *paths: Path, environment: dict[str, str]) -> dict[str, Any]:
    """A job of `bench.child` in a process of its own; gives what it measured, `whole` its seconds from start to end."""
    ended = run(("bench.child", name, *map(str, paths)), environment)
    return {**json.loads(ended.text), "whole": ended.seconds}


def run(module: Sequence[str], environment: dict[str, str]) -> Ended:
    """`python -m MODULE …` as a process of its own. Raises Failed."""
    with tempfile.TemporaryFile("w+") as errors:
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout is not None
        with process.stdout:
            text = process.stdout.read()
        _, state, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(state)
        if process.returncode != 0:
            errors.seek(0)
            raise Failed((errors.read().strip().splitlines() or [f"exit code {process.returncode}"])[-1])
    return Ended(seconds, usage.ru_maxrss / 1024, text)


def _runs(pid: int | None) -> bool:
    """Whether there is such a process; one that ended and that nobody has asked about yet does not run."""
    try:
        return pid is not None and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process that shall find the server of the settings.

    Python may keep what it compiled, as it does for whoever has conceptmap installed.
    """
    others = ("NEO4J_", "CONCEPTMAP_", "PYTHONDONTWRITEBYTECODE")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(others)}
    if settings.neo4j_uri is None:
        return inherited | {"CONCEPTMAP_HOME": str(settings.home), "CONCEPTMAP_ENGINE": settings.engine}
    return inherited | {
        "NEO4J_URI": settings.neo4j_uri,
        "NEO4J_USERNAME": settings.neo4j_username,
        "NEO4J_PASSWORD": settings.password(),
    }


@contextmanager
def explorer(environment: dict[str, str]) -> Iterator[str]:
    """The address of an explorer in a process of its own, on a free port. Raises Failed."""
    command = [sys.executable, "-m", "conceptmap", "explore", "--port", "0"]
    quiet = environment | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = next((found[0] for line in process.stdout if (found := re.search(r"http://\S+", line))), None)
            if address is None:
                raise Failed("the explorer did not start")
            yield address
        finally:
            process.terminate()
            process.wait(30)
