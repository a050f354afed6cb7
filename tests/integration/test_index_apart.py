"""The search index of a large graph, made by another process."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from explorer import search
from explorer.index_apart import NotMade, read_index, read_index_apart
from explorer.search import Finder
from graph.connection import Graph
from graph.errors import GraphError
from loader import run
from loader.report import Options

ROOT = Path(__file__).resolve().parent.parent.parent
GLOSSARY = ROOT / "tests" / "data" / "library"
ORPHAN = """
import sys
from explorer.index_apart import read_index_apart
from graph.connection import Graph
from graph.settings import Settings

read_index_apart(Graph.open(Settings(NEO4J_URI=sys.argv[1], NEO4J_PASSWORD="x")))
"""


@pytest.fixture
def bakery(graph: Graph) -> Graph:
    run.load(graph, [str(GLOSSARY)], Options(allow_undefined=True))
    return graph


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_index_of_another_process_finds_the_same(bakery: Graph) -> None:
    here, apart = read_index(bakery), read_index_apart(bakery)
    assert len(apart) == len(here) > 3
    for words in ("dough", "d", "breed", "leaven", "flour and water"):
        assert apart.find(words) == here.find(words)
    assert here.find("dough")


def test_a_large_graph_is_searched_like_a_small_one(bakery: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Graph] = []
    monkeypatch.setattr(search, "APART_FROM", 1)
    monkeypatch.setattr(search, "read_index_apart", lambda graph: made.append(graph) or read_index_apart(graph))
    finder = Finder(bakery)
    finder.renew("one")
    until(lambda: finder.ready)
    assert [hit.term.id for hit in finder.suggest("dough")][:1] == ["dough"]
    assert made == [bakery]


def test_what_the_other_process_cannot_do_is_said(bakery: Graph) -> None:
    accounts = replace(bakery.accounts, writer=("nobody", "wrong password"), reader=("nobody", "wrong password"))
    with Graph(accounts, bakery.settings) as refused, pytest.raises(GraphError, match="refuse"):
        read_index_apart(refused)


def test_a_process_that_is_ended_gives_no_index(graph: Graph) -> None:
    told: list[str] = []

    def ask() -> None:
        try:
            read_index_apart(graph)
        except NotMade as error:
            told.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: makers(os.getpid()))
    for process in makers(os.getpid()):
        process.kill()
    asking.join(30)
    assert told
    assert "was ended" in told[0]
    assert not makers(os.getpid())


def test_it_goes_with_the_process_that_wants_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        (tmp_path / "orphan.py").write_text(ORPHAN)
        address = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with subprocess.Popen([sys.executable, str(tmp_path / "orphan.py"), address], env=environment) as parent:
            until(lambda: makers(parent.pid))
            (maker,) = makers(parent.pid)
            silent.settimeout(30)
            silent.accept()  # the other process is at work
            parent.send_signal(signal.SIGKILL)
        _, alive = psutil.wait_procs([maker], timeout=30)
        assert not alive


def makers(parent: int) -> list[psutil.Process]:
    """The processes that make an index for that one."""
    return [one for one in psutil.Process(parent).children() if "explorer.index_apart" in words(one)]


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []
