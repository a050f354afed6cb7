"""Ctrl-C in the middle of a command, with real processes: one sentence, no wait for the next, nothing half-done."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import conceptmap
from graph.connection import Graph, Writing
from loader import importance, lease, run, write
from loader.report import Options
from tests.conftest import wipe
from tests.integration.processes import environment, terms
from tests.integration.snapshot import snapshot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tests end processes by signals")

Write = Callable[[str, str], str]
ROOT = Path(__file__).parent.parent.parent
MOMENTS = 6
STOPPED = 130
SOON = 10.0


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many transactions for few terms, and a lease that would be missed for long."""
    monkeypatch.setattr(write, "ONE_TRANSACTION", 0)
    monkeypatch.setattr(write, "BATCH", 5)
    monkeypatch.setattr(write, "REMOVED", 5)
    monkeypatch.setattr(lease, "LEASE_SECONDS", 300)


@dataclass
class Command:
    """A command in a process of its own, forked so that it need not import anything."""

    pid: int
    stderr: Path

    def told(self) -> str:
        return self.stderr.read_text(encoding="utf-8")

    def has_ended(self) -> bool:
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def press(self, times: int = 1) -> int:
        """Press Ctrl-C so many times, a moment apart; the exit code."""
        started = time.monotonic()
        for _ in range(times):
            os.kill(self.pid, signal.SIGINT)
            time.sleep(0.05)
        while (ended := os.waitpid(self.pid, os.WNOHANG)) == (0, 0):
            assert time.monotonic() - started < SOON, self.told()
            time.sleep(0.02)
        return os.waitstatus_to_exitcode(ended[1])


@contextmanager
def command(graph: Graph, tmp_path: Path, *arguments: str) -> Iterator[Command]:
    """Run a command against the test's server."""
    stderr = tmp_path / "stderr"
    stderr.write_text("", encoding="utf-8")
    child = os.fork()
    if child == 0:
        code: object = 9
        try:
            os.environ.update(environment(graph))
            sys.argv = ["conceptmap", *arguments]
            sys.stderr = stderr.open("w", encoding="utf-8", buffering=1)
            sys.stdout = (tmp_path / "stdout").open("w", encoding="utf-8")
            conceptmap.main()
        except SystemExit as ending:
            code = ending.code
        except BaseException:  # noqa: BLE001 - the test shows what was told
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(int(str(code or 0)))
    try:
        yield Command(child, stderr)
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def eventually(check: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def sentences(told: str) -> list[str]:
    """What was said, without the warnings of the files."""
    return [line for line in told.splitlines() if line.startswith("Stopped") or "Traceback" in line]


def is_free(graph: Graph) -> bool:
    return bool(graph.read("load/state")[0]["writer"] is None)


def hold(monkeypatch: pytest.MonkeyPatch, statement: str, marker: Path) -> None:
    """Have every process that is forked from now on stay in the transaction that runs this statement."""
    run_statement = Writing.run

    def held(self: Writing, name: str, /, **parameters: object) -> list[dict[str, object]]:
        rows = run_statement(self, name, **parameters)
        if name == statement:
            marker.write_text("here", encoding="utf-8")
            time.sleep(60)
        return rows

    monkeypatch.setattr(Writing, "run", held)


def test_a_load_stopped_at_any_moment_leaves_nothing_to_wait_for(
    graph: Graph, write_file: Write, tmp_path: Path
) -> None:
    old, new = write_file("old/s.yaml", terms("old")), write_file("new/s.yaml", terms("new", 10))
    run.load(graph, [old], Options())
    started = time.monotonic()
    run.load(graph, [new], Options(prune=True))
    whole = time.monotonic() - started
    clean = {new: snapshot(graph)}
    run.load(graph, [old], Options(prune=True))
    clean[old] = snapshot(graph)
    dice = random.Random(7)
    said: set[str] = set()
    for moment in range(MOMENTS):
        path = new if moment % 2 == 0 else old
        with command(graph, tmp_path, "load", "--prune", path) as load:
            eventually(lambda: load.has_ended() or not is_free(graph))
            time.sleep(dice.random() * 1.5 * whole)
            code = load.press()
        if code == STOPPED:
            (sentence,) = sentences(load.told())
            said.add(sentence)
        else:
            assert code == 0, load.told()
        assert is_free(graph), f"moment {moment}: {load.told()}"
        run.load(graph, [path], Options(prune=True, wait=0))
        assert snapshot(graph) == clean[path], f"moment {moment}"
    assert said


@pytest.mark.parametrize("times", [1, 2])
def test_a_load_stopped_within_a_transaction_says_what_stands(
    graph: Graph, write_file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    first, second = write_file("a.yaml", terms("a", 0, "a")), write_file("b.yaml", terms("b", 20, "b"))
    third = write_file("c.yaml", terms("c", 30, "c"))
    run.load(graph, [first, second, third], Options())
    clean = snapshot(graph)
    wipe(graph)
    run.load(graph, [first], Options())
    marker = tmp_path / "marker"
    with monkeypatch.context() as patch:
        hold(patch, "load/add_relations", marker)
        with command(graph, tmp_path, "load", first, second, third) as load:
            eventually(marker.exists)
            assert not is_free(graph)
            assert load.press(times) == STOPPED
    (sentence,) = sentences(load.told())
    assert sentence == (
        "Stopped: the set 'a' is written, 40 of 120 rows of the set 'b' are written, nothing of the set 'c' is "
        "written; the graph is whole, run the same command again, it goes on where this one stopped."
    )
    assert is_free(graph)
    run.load(graph, [first, second, third], Options(wait=0))
    assert snapshot(graph) == clean


def test_a_small_load_stopped_within_its_transaction_has_written_nothing(
    graph: Graph, write_file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, marker = write_file("s.yaml", terms("old")), tmp_path / "marker"
    with monkeypatch.context() as patch:
        patch.setattr(write, "ONE_TRANSACTION", 10_000)
        hold(patch, "load/next_revision", marker)
        with command(graph, tmp_path, "load", path) as load:
            eventually(marker.exists)
            assert load.press() == STOPPED
    assert sentences(load.told()) == ["Stopped: nothing was written."]
    assert is_free(graph)
    assert graph.read("load/counts")[0]["terms"] == 0


def test_a_load_stopped_while_it_ranks_has_written_all(
    graph: Graph, write_file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, marker = write_file("s.yaml", terms("old")), tmp_path / "marker"
    run.load(graph, [path], Options())
    clean = snapshot(graph)
    wipe(graph)

    def rank_for_long(*_: object) -> dict[str, importance.Rank]:
        marker.write_text("here", encoding="utf-8")
        time.sleep(60)
        return {}

    with monkeypatch.context() as patch:
        patch.setattr(importance, "_ranks", rank_for_long)
        with command(graph, tmp_path, "load", path) as load:
            eventually(marker.exists)
            assert load.press() == STOPPED
    assert sentences(load.told()) == [
        "Stopped: all is written, only the importance of the terms is not up to date; the next load sees to it."
    ]
    assert is_free(graph)
    run.load(graph, [path], Options(wait=0))
    assert snapshot(graph) == clean


def test_a_load_stopped_while_it_waits_for_another_writer_leaves_that_one_alone(
    graph: Graph, write_file: Write, tmp_path: Path
) -> None:
    path = write_file("s.yaml", terms("old"))
    run.load(graph, [path], Options())
    graph.write(lambda tx: tx.run("load/take_lease", token="t", writer="somebody", seconds=300))
    write_file("s.yaml", terms("new"))
    with command(graph, tmp_path, "load", path) as load:
        eventually(lambda: "Waiting for somebody" in load.told())
        assert load.press() == STOPPED
    assert sentences(load.told()) == ["Stopped: nothing was written."]
    assert graph.read("load/state")[0]["writer"] == "somebody"
    graph.write(lambda tx: tx.run("load/release_lease", token="t"))


def test_an_unload_that_is_stopped_goes_on_when_it_is_said_again(
    graph: Graph, write_file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, marker = write_file("s.yaml", terms("old")), tmp_path / "marker"
    run.load(graph, [path], Options())
    with monkeypatch.context() as patch:
        hold(patch, "load/drop_entries", marker)
        with command(graph, tmp_path, "unload", "s") as unload:
            eventually(marker.exists)
            assert unload.press() == STOPPED
    (sentence,) = sentences(unload.told())
    assert sentence.startswith("Stopped: 40 of 80 rows of the set 's' are taken away; the graph is whole")
    assert is_free(graph)
    run.unload(graph, "s", wait=0)
    assert not any(snapshot(graph).values())


def test_an_export_that_is_stopped_leaves_no_file(graph: Graph, write_file: Write, tmp_path: Path) -> None:
    run.load(graph, [write_file("s.yaml", terms("old"))], Options())
    folder = tmp_path / "out"
    folder.mkdir()
    os.mkfifo(folder / "pipe.jsonl")  # which nobody reads
    with command(graph, tmp_path, "export", "s", "-o", str(folder / "pipe.jsonl")) as export:
        time.sleep(1.5)
        assert export.press() == STOPPED
    assert sentences(export.told()) == ["Stopped: nothing was written."]
    assert [path.name for path in folder.iterdir()] == ["pipe.jsonl"]


@pytest.mark.parametrize("words", [["check", "-"], ["suggest", "-"], ["load", "-"], ["load", "-", "--dry-run"]])
def test_reading_and_a_server_that_keeps_silent_end_at_once(words: list[str]) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "conceptmap", *words],
            env=kept | {"NEO4J_URI": address, "NEO4J_PASSWORD": "x"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=SOON)[1]
    # On a busy machine a load may not even have got to its input by then.
    of_load = ("Stopped: nothing was written.\n", "Stopped before the server was ready: nothing was done.\n")
    assert process.returncode == STOPPED
    assert told in (of_load if words[0] == "load" else ("Stopped.\n",))


def test_a_server_that_keeps_silent_is_not_waited_for_after_ctrl_c(write_file: Write) -> None:
    path = write_file("s.yaml", terms("old"))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "conceptmap", "load", path],
            env=os.environ | {"NEO4J_URI": address, "NEO4J_PASSWORD": "x"},
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        silent.accept()
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=SOON)[1]
    assert (process.returncode, told) == (STOPPED, "Stopped: nothing was written.\n")
