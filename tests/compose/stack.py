"""A stack of docker-compose.yml under a name and on ports of its own, and a hand to use it as people do."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.compose.images import OURS
from tests.compose.machine import run

Ended = subprocess.CompletedProcess[str]


def free_port() -> int:
    """A port that nobody has at present."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass
class Stack:
    """A project of `docker compose`. `folder` is the one that the loader sees as /data."""

    folder: Path
    variables: dict[str, str]
    name: str = "conceptmap-test"
    ports: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("CONCEPTMAP_PORT", "CONCEPTMAP_HTTPS_PORT", "NEO4J_HTTP_PORT", "NEO4J_BOLT_PORT"):
            self.ports[name] = free_port()

    @property
    def environment(self) -> dict[str, str]:
        ports = {name: str(port) for name, port in self.ports.items()}
        return {"CONCEPTMAP_IMAGE": OURS, "CONCEPTMAP_DATA": str(self.folder)} | ports | self.variables

    def compose(self, *words: str, check: bool = True, stdin: str | None = None, seconds: float = 600) -> Ended:
        """`docker compose …` for this project."""
        command = ["docker", "compose", "--project-name", self.name, *words]
        return run(command, env=self.environment, check=check, stdin=stdin, seconds=seconds)

    def command(self, *words: str, check: bool = True, stdin: str | None = None) -> Ended:
        """`docker compose run --rm loader …`, as a person or a script says it."""
        terminal = ["-T"] if stdin is not None else []
        return self.compose("run", "--rm", *terminal, "loader", *words, check=check, stdin=stdin)

    def containers(self, service: str) -> list[str]:
        """The ids of a service's containers that run."""
        return self.compose("ps", "--quiet", service).stdout.split()

    def inspect(self, service: str) -> dict[str, Any]:
        """What Docker tells of a service's only container, also of one that has ended."""
        ids = self.compose("ps", "--all", "--quiet", service).stdout.split()
        assert len(ids) == 1, ids
        found: dict[str, Any] = json.loads(run(["docker", "inspect", ids[0]]).stdout)[0]
        return found

    @property
    def url(self) -> str:
        """Where the map is."""
        return f"http://127.0.0.1:{self.ports['CONCEPTMAP_PORT']}"

    def sets(self) -> dict[str, int]:
        """The loaded sets with their sizes, asked for by the command line."""
        return {row["id"]: row["size"] for row in json.loads(self.command("sets", "--format", "json").stdout)}


def status(url: str, seconds: float = 5) -> int:
    """What an address answers; 0 when nobody does."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(what: Callable[[], bool], seconds: float = 60) -> float:
    """Wait until it is so; the seconds that it took."""
    started = time.monotonic()
    while not what():
        assert time.monotonic() - started < seconds, "it did not become so"
        time.sleep(0.25)
    return time.monotonic() - started
