"""What a person at a terminal sees of a load: what goes on, and rows that are really written."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from graph.connection import Graph
from graph.server.state import Paths, State
from loader import run
from loader.report import Options
from tests.conftest import wipe
from tests.integration.processes import environment
from tests.integration.snapshot import snapshot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is a matter of POSIX")

ROOT = Path(__file__).parent.parent.parent
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ROWS = re.compile(r"Writing the set (\w+) .*? ([\d,]+) of ([\d,]+) rows")
WAITING = re.compile(r"The server at \S+ does not answer\. Waiting for it …|.*what it has written is looked up.*")
# Many transactions for few terms; the first argument is how long each takes at least.
START = """
import sys, time
from loader import write
from loader.lease import Lease
pause = float(sys.argv.pop(1))
verify = Lease.verify
def slow(self, tx):
    time.sleep(pause)
    verify(self, tx)
Lease.verify, write.BATCH, write.ONE_TRANSACTION = slow, 20, 0
import conceptmap
conceptmap.main()
"""


def terms(set_id: str, count: int) -> str:
    return f"set: {set_id}\nterms:\n" + "".join(
        f"- {{name: {set_id} {number}, definition: d {number}., related: [{set_id} {(number + 1) % count}]}}\n"
        for number in range(count)
    )


def watched(graph: Graph, *arguments: str, pause: float = 0.05, meet: Callable[[str], None] = lambda text: None) -> str:
    """What a load writes to a terminal, where it thinks its stderr is; `meet` is called with all that came so far."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    kept |= environment(graph)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(pause), *arguments],
        env=kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "140", "LINES": "40"},
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    os.close(theirs)
    seen, deadline = b"", time.monotonic() + 150
    try:
        while time.monotonic() < deadline:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    part = os.read(ours, 65536)
                except OSError:  # so says Linux at the end
                    break
                if not part:
                    break
                seen += part
                meet(seen.decode("utf-8", "replace"))
        assert process.wait(10) == 0, seen.decode("utf-8", "replace")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return seen.decode("utf-8", "replace")


def lines(text: str) -> list[str]:
    """The lines as they were drawn, one after the other."""
    return [CONTROL.sub("", line).strip() for line in re.split(r"[\r\n]+", text)]


def number(text: str) -> int:
    return int(text.replace(",", ""))


def rows(text: str) -> dict[str, list[tuple[int, int]]]:
    """The rows that were shown for each set."""
    found: dict[str, list[tuple[int, int]]] = {}
    for line in lines(text):
        if match := ROWS.search(line):
            found.setdefault(match[1], []).append((number(match[2]), number(match[3])))
    return found


def test_each_set_counts_its_rows_and_each_phase_says_what_it_is(
    graph: Graph, write_file: Callable[[str, str], str]
) -> None:
    path = write_file("sets/a.yaml", terms("a", 120))
    write_file("sets/b.yaml", terms("b", 60))
    text = watched(graph, "load", str(Path(path).parent))
    shown = rows(text)
    assert {key: {total for _, total in found} for key, found in shown.items()} == {"a": {240}, "b": {120}}
    for found in shown.values():
        done = [one for one, _ in found]
        assert done == sorted(done)
        assert set(done) <= {*range(0, 241, 5 if graph.engine == "neo4j" else 20)}
        assert len(set(done)) > 2
    for phase in ("Comparing with the graph", "Reading what the set a changes", "Computing the importance"):
        assert any(line.startswith(phase) for line in lines(text)), phase
    assert graph.read("load/counts")[0]["terms"] == 180
    assert lines(text)[-1] == ""


def test_all_rows_are_shown_as_written_only_when_the_set_is_ready(
    graph: Graph, write_file: Callable[[str, str], str]
) -> None:
    path = write_file("a.yaml", terms("a", 60))
    ready: list[str] = []

    def look(text: str) -> None:
        if "120 of 120 rows" in text and not ready:
            ready.append(graph.read("load/sets")[0]["state"])

    text = watched(graph, "load", path, pause=0.3, meet=look)
    assert (120, 120) not in rows(text)["a"] or ready == ["ready"]
    assert max(rows(text)["a"])[0] >= 80


def test_a_server_that_goes_and_comes_back_is_told_on_a_line_of_its_own(
    graph: Graph, write_file: Callable[[str, str], str]
) -> None:
    if not graph.accounts.bundled:
        pytest.skip("only a server of our own can be killed")
    path = write_file("a.yaml", terms("a", 120))
    run.load(graph, [path], Options())
    clean = snapshot(graph)
    wipe(graph)
    state = State.read(Paths(graph.settings.home, graph.settings.engine))
    assert state is not None
    killed: list[bool] = []

    def kill(text: str) -> None:
        if not killed and any(done >= 100 for done, _ in rows(text).get("a", ())):
            killed.append(True)
            psutil.Process(state.java_pid).kill()

    text = watched(graph, "load", path, meet=kill, pause=0.1)
    assert killed
    told = [line for line in lines(text) if "does not answer" in line or "looked up" in line]
    assert told
    assert all(WAITING.fullmatch(line) for line in told), told
    done = [one for one, _ in rows(text)["a"]]
    assert done == sorted(done)
    assert snapshot(graph) == clean


def test_nothing_is_drawn_where_stderr_is_no_terminal(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    path = write_file("a.yaml", terms("a", 10))
    checked = subprocess.run(
        [sys.executable, "-m", "conceptmap", "check", path], env=kept, cwd=ROOT, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")
