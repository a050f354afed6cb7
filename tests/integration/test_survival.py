"""Loads that are killed, stopped or overtaken, with real processes: the graph ends as a clean load would leave it."""

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psutil
import pytest

from graph import connection
from graph.connection import Graph, Writing
from graph.errors import WriterBusy
from graph.server.state import Paths, State
from graph.settings import Settings
from loader import lease, run, write
from loader.job import Watcher
from loader.lease import Lease
from loader.report import Options
from tests.conftest import wipe
from tests.integration.processes import terms
from tests.integration.snapshot import snapshot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tests end processes by signals")

Write = Callable[[str, str], str]
MOMENTS = 30
TERMS = 30
DONE, BUSY, FAILED = 0, 3, 9


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many transactions for few terms, and leases that run out soon."""
    monkeypatch.setattr(write, "ONE_TRANSACTION", 0)
    monkeypatch.setattr(write, "BATCH", 5)
    monkeypatch.setattr(write, "REMOVED", 5)
    monkeypatch.setattr(lease, "LEASE_SECONDS", 1)
    monkeypatch.setattr(lease, "POLL_SECONDS", 0.05)


@contextmanager
def loading(settings: Settings, *paths: str, prune: bool = True) -> Iterator[int]:
    """A load in a process of its own, forked so that it need not import anything; gives its process id."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            with Graph.open(settings) as graph:
                run.load(graph, paths, Options(prune=prune, wait=30))
            code = DONE
        except WriterBusy:
            code = BUSY
        finally:
            if sys.exc_info()[0]:
                traceback.print_exc()
            os._exit(code)
    try:
        yield child
    finally:
        try:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def is_loading(graph: Graph) -> bool:
    return any(row["state"] == "loading" for row in graph.read_all("load/sets"))


def stopped_within(graph: Graph, child: int) -> bool:
    """Stop the child once it has begun to write; False when it was through before."""
    deadline = time.monotonic() + 30
    while not is_loading(graph):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return False
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGABRT)  # pytest's faulthandler tells where it was
            raise AssertionError(f"the load did not begin: {exit_code(child)}")
    os.kill(child, signal.SIGSTOP)
    return is_loading(graph)


def exit_code(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_load_killed_at_any_moment_is_mended_by_the_next(
    graph: Graph, server_settings: Settings, write_file: Write
) -> None:
    old, new = (
        write_file("old/s.yaml", terms("old", 0, "s", TERMS)),
        write_file("new/s.yaml", terms("new", 10, "s", TERMS)),
    )
    run.load(graph, [old], Options())
    started = time.monotonic()
    run.load(graph, [new], Options(prune=True))
    whole = time.monotonic() - started
    clean = {"old": None, "new": snapshot(graph)}
    run.load(graph, [old], Options(prune=True))
    clean["old"] = snapshot(graph)
    dice = random.Random(7)
    unfinished = 0
    for moment in range(MOMENTS):
        path, word = (new, "new") if moment % 2 == 0 else (old, "old")
        with loading(server_settings, path) as child:
            time.sleep(dice.random() * 1.5 * whole)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        unfinished += graph.read_all("load/sets")[0]["state"] == "loading"
        run.load(graph, [path], Options(prune=True, wait=30))
        assert snapshot(graph) == clean[word], f"moment {moment}"
    assert unfinished >= MOMENTS // 10


def test_a_writer_that_slept_past_its_lease_writes_nothing_more(
    graph: Graph, server_settings: Settings, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "TAKE_SECONDS", 1.0)
    monkeypatch.setattr(connection, "WRITE_SECONDS", 5.0)
    old, new = (
        write_file("old/s.yaml", terms("old", 0, "s", TERMS)),
        write_file("new/s.yaml", terms("new", 10, "s", TERMS)),
    )
    run.load(graph, [new], Options())
    clean = snapshot(graph)
    wipe(graph)
    for _ in range(5):
        with loading(server_settings, old) as child:
            if stopped_within(graph, child):
                run.load(graph, [new], Options(prune=True, wait=30))
                assert snapshot(graph) == clean
                os.kill(child, signal.SIGCONT)
                assert exit_code(child) == BUSY
                assert snapshot(graph) == clean
                return
        wipe(graph)
    pytest.fail("no load could be stopped while it wrote")


def test_several_loads_at_once_queue(
    graph: Graph, server_settings: Settings, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 30)
    files = [
        write_file(f"{key}.yaml", terms(key, first, key, TERMS)) for key, first in (("a", 0), ("b", 15), ("c", 25))
    ]
    for path in files:
        run.load(graph, [path], Options())
    clean = snapshot(graph)
    wipe(graph)
    with ExitStack() as stack:
        children = [stack.enter_context(loading(server_settings, path)) for path in (*files, files[0])]
        assert [exit_code(child) for child in children] == [DONE] * 4
    assert snapshot(graph) == clean


def test_a_server_that_is_killed_is_waited_for(
    graph: Graph, server_settings: Settings, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not graph.accounts.bundled:
        pytest.skip("only a server of our own can be killed")
    path = write_file("s.yaml", terms("old", 0, "s", TERMS))
    run.load(graph, [path], Options())
    clean = snapshot(graph)
    wipe(graph)
    state = State.read(Paths(server_settings.home, server_settings.engine))
    assert state is not None
    verify, left = Lease.verify, [8]

    def kill_in_the_middle(self: Lease, tx: Writing) -> None:
        verify(self, tx)
        left[0] -= 1
        if left[0] == 0:
            psutil.Process(state.java_pid).kill()

    monkeypatch.setattr(Lease, "verify", kill_in_the_middle)
    monkeypatch.setattr(lease, "LEASE_SECONDS", 60)
    told: list[str] = []
    with Graph.open(server_settings, told.append) as other:
        report = run.load(other, [path], Options(), Watcher(told.append))
    assert report.ranking_failed == ""
    assert any("Waiting for it" in text or "goes on" in text for text in told)
    assert snapshot(graph) == clean
