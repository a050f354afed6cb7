"""A disk that is full, for real: one sentence that says so, and a second run mends what the first has left."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.connection import Graph
from graph.settings import Settings
from loader import run
from loader.report import Options
from tests.conftest import missing, wipe
from tests.integration.snapshot import snapshot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk as Linux does")

ROOT = Path(__file__).parent.parent.parent
TERMS = 4_000
# More than a new server needs, and less than these terms do; the rest of what is asked for is taken by a file.
SIZE, ROOM = 128_000_000, 3_000_000


def conceptmap(*arguments: str, home: Path, stdout: int | None = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    return subprocess.run(
        [sys.executable, "-m", "conceptmap", *arguments],
        env=kept | {"CONCEPTMAP_HOME": str(home), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=240,
    )


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        missing(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def terms(count: int) -> str:
    return "set: s\nterms:\n" + "".join(
        f"- {{name: T{number}, definition: {'Long ' * 30}{number}., related: [T{(number + 1) % count}]}}\n"
        for number in range(count)
    )


@pytest.mark.arcadedb
def test_a_load_onto_a_full_disk_says_so_and_goes_on_when_there_is_room(
    tmp_path: Path, write_file: Callable[[str, str], str]
) -> None:
    path, small = write_file("s.yaml", terms(TERMS)), write_file("small.yaml", "terms: [{name: A, definition: a}]")
    with small_disk(tmp_path / "disk", SIZE) as disk:
        settings = Settings(NEO4J_URI=None, CONCEPTMAP_ENGINE="arcadedb", CONCEPTMAP_HOME=disk / "home")
        with Graph.open(settings) as graph:
            assert conceptmap("load", small, home=settings.home).returncode == 0
            ballast = disk / "ballast"
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            ballast.write_bytes(b"\0" * (free - ROOM))
            full = conceptmap("load", path, home=settings.home)
            told = [line for line in full.stderr.splitlines() if "warning" not in line and "isolated" not in line]
            assert full.returncode == 3, full
            assert told[-1] == (
                f"Error: The disk that holds {settings.home} is full: make room there, "
                "and run the command again, it goes on where it stopped."
            )
            ballast.unlink()
            assert conceptmap("load", path, home=settings.home).returncode == 0
            mended = snapshot(graph)
            wipe(graph)
            run.load(graph, [small], Options())
            run.load(graph, [path], Options())
            assert snapshot(graph) == mended


def test_an_export_onto_a_full_disk_leaves_nothing_under_its_name(
    graph: Graph, tmp_path: Path, write_file: Callable[[str, str], str]
) -> None:
    if not graph.accounts.bundled:
        pytest.skip("looks for the server where the test's own is")
    run.load(graph, [write_file("s.yaml", terms(1_000))], Options())
    environment = {"CONCEPTMAP_HOME": str(graph.settings.home), "CONCEPTMAP_ENGINE": graph.settings.engine}
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}

    def export(output: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "conceptmap", "export", "s", "-o", output],
            env=kept | environment,
            cwd=ROOT,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )

    with small_disk(tmp_path / "disk", 100_000) as disk:
        (disk / "s.yaml").write_text("what was there", encoding="utf-8")
        refused = export(str(disk / "s.yaml"))
        assert (refused.returncode, "(no space left on device)" in refused.stderr) == (1, True), refused.stderr
        assert [(one.name, one.read_text()) for one in disk.iterdir()] == [("s.yaml", "what was there")]
    with Path("/dev/full").open("w") as full:
        refused = export("-", full.fileno())
    expected = "Error: The output cannot be written (no space left on device): make room, or send it elsewhere.\n"
    assert (refused.returncode, refused.stderr) == (1, expected)
