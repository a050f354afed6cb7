"""`load --watch` beside an author at work: the graph follows what is right, and is ranked in the pauses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph import schema
from graph.connection import Graph
from loader import run
from loader.report import Options
from tests.conftest import wipe
from tests.integration.processes import environment
from tests.integration.snapshot import snapshot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tests end processes by signals")

ROOT = Path(__file__).parent.parent.parent
START = """
import sys
from loader import watch
watch.PAUSE_SECONDS = float(sys.argv.pop(1))
import conceptmap
conceptmap.main()
"""
NEVER = 600.0


@contextmanager
def watching(graph: Graph, path: Path, pause: float) -> Iterator["Watching"]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    kept |= environment(graph)
    stderr = path.with_suffix(".stderr")
    with stderr.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(pause), "load", "--watch", str(path)],
            env=kept | {"PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stderr=file,
            stdout=subprocess.DEVNULL,
        )
    try:
        yield Watching(process, stderr)
    finally:
        process.kill()
        process.wait()


class Watching:
    """A `load --watch` under way."""

    def __init__(self, process: "subprocess.Popen[bytes]", stderr: Path) -> None:
        self.process = process
        self.stderr = stderr

    def told(self) -> str:
        return self.stderr.read_text(encoding="utf-8")

    def eventually(self, check: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not check():
            assert self.process.poll() is None, self.told()
            assert time.monotonic() < deadline, self.told()
            time.sleep(0.05)

    def press(self) -> str:
        """Press Ctrl-C; what was said last."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(10) == 130
        assert "Traceback" not in self.told()
        return self.told().splitlines()[-1]


def terms(count: int) -> str:
    return "set: s\nterms:\n" + "".join(
        f"- {{name: T{number}, definition: d{number}, related: [T{(number + 1) % count}]}}\n" for number in range(count)
    )


def holds(graph: Graph, count: int) -> Callable[[], bool]:
    return lambda: schema.is_installed(graph) and graph.read("load/counts")[0]["terms"] == count


def is_ranked(graph: Graph) -> bool:
    state = graph.read("load/state")[0]
    return bool(state["ranked_revision"] == state["revision"])


def test_the_graph_follows_each_save_and_is_ranked_in_the_pause(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(terms(3), encoding="utf-8")
    with watching(graph, path, 1.0) as author:
        for count in (3, 4, 5):
            path.write_text(terms(count), encoding="utf-8")
            author.eventually(holds(graph, count))
        author.eventually(lambda: is_ranked(graph))
        followed = snapshot(graph)
        assert author.press() == "Stopped watching."
    wipe(graph)
    run.load(graph, [str(path)], Options())
    assert snapshot(graph) == followed


def test_a_file_that_is_gone_empty_or_wrong_changes_nothing_until_it_is_right(graph: Graph, tmp_path: Path) -> None:
    path, draft = tmp_path / "s.yaml", tmp_path / "draft"
    path.write_text(terms(3), encoding="utf-8")
    with watching(graph, path, NEVER) as author:
        author.eventually(holds(graph, 3))
        author.eventually(lambda: "Watching" in author.told())
        path.unlink()
        author.eventually(lambda: "cannot be read (no such file or directory)" in author.told())
        path.write_text("", encoding="utf-8")
        author.eventually(lambda: "The file is empty" in author.told())
        path.write_text(terms(4) + "- {name: Broken\n", encoding="utf-8")
        author.eventually(lambda: ": syntax " in author.told().split("The file is empty")[-1])
        assert holds(graph, 3)()
        draft.write_text(terms(4), encoding="utf-8")
        draft.replace(path)
        author.eventually(holds(graph, 4))
        author.press()


def test_ranking_that_ctrl_c_has_left_undone_is_done_by_the_next_load(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(terms(3), encoding="utf-8")
    run.load(graph, [str(path)], Options())
    clean = snapshot(graph)
    wipe(graph)
    with watching(graph, path, NEVER) as author:
        author.eventually(lambda: "Watching" in author.told())
        assert not is_ranked(graph)
        assert author.press() == (
            "Stopped: all is written, only the importance of the terms is not up to date; the next load sees to it."
        )
    run.load(graph, [str(path)], Options(wait=0))
    assert is_ranked(graph)
    assert snapshot(graph) == clean
