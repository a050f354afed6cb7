"""Explorers in processes of their own, and what they answer."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.connection import Graph
from tests.integration.processes import environment

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Served:
    """An explorer in a process of its own."""

    port: int

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, Any, str]:
        """Status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(
            method, path, body or None, {key.replace("__", "-"): value for key, value in headers.items()}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text


Serve = Callable[..., Served]


@contextmanager
def serving(graph: Graph, folder: Path) -> Iterator[Serve]:
    """A function that starts `conceptmap explore` with these arguments and settings; all of them end with this."""
    started: list[subprocess.Popen[str]] = []

    def serve(*arguments: str, **settings: str) -> Served:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
        given = kept | environment(graph) | settings | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "conceptmap", "explore", "--port", "0", *arguments]
        process = subprocess.Popen(command, env=given, cwd=folder, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        return Served(urlsplit(found[0]).port or 0)

    yield serve
    for process in started:
        process.terminate()
        process.wait(30)
