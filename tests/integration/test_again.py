"""A load that was done before, on a graph that has not changed since, is over at once and says what it said."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.connection import Graph, Writing
from graph.errors import QueryFailed, ServerUnreachable
from loader import loading, printing, run, stored, write
from loader.report import Options
from tests.integration.processes import environment
from tests.integration.snapshot import snapshot

ROOT = Path(__file__).parent.parent.parent

Write = Callable[[str, str], str]
LONELY = "set: a\nterms:\n- {name: A, definition: The first., related: [B]}\n- {name: B, definition: The second.}\n"
LONELY += "- {name: C, definition: Nobody finds this one.}\n"


def test_the_same_load_again_is_known_and_its_warnings_are_counted(graph: Graph, write_file: Write) -> None:
    path = write_file("a.yaml", LONELY)
    first = run.load(graph, [path], Options())
    assert [one.code for one in first.problems] == ["isolated-term"]
    again = run.load(graph, [path], Options())
    assert (again.problems, again.known_warnings, again.sets[0].written) == ([], 1, None)
    assert printing.loaded(again).splitlines() == [
        "a: nothing to do, all 3 terms are as in the file.",
        "1 warning, as when it was loaded; for the whole text: `conceptmap check`.",
    ]


def test_a_load_is_not_taken_for_known_when_anything_differs(graph: Graph, write_file: Write) -> None:
    path = write_file("a.yaml", LONELY)
    run.load(graph, [path], Options())
    assert run.load(graph, [path], Options(strict=True)).errors
    assert not run.load(graph, [path], Options(dry_run=True)).known_warnings
    other = write_file("b.yaml", "set: b\nterms:\n- {name: C, definition: Another says., related: [A]}\n")
    run.load(graph, [other], Options(allow_undefined=True))
    assert not run.load(graph, [path], Options()).known_warnings
    run.unload(graph, "b")
    assert not run.load(graph, [path], Options()).known_warnings
    assert run.load(graph, [path], Options()).known_warnings == 1
    write_file("a.yaml", LONELY.replace("Nobody", "Somebody"))
    assert run.load(graph, [path], Options()).sets[0].plan.changed == ("c",)


def test_a_load_that_cannot_be_noted_has_written_all(
    graph: Graph, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file("a.yaml", LONELY)

    def fail(*_: object) -> None:
        raise ServerUnreachable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(loading, "remember", fail)
        assert run.load(graph, [path], Options()).sets[0].written
    again = run.load(graph, [path], Options())
    assert (again.known_warnings, again.sets[0].plan.is_empty) == (None, True)


def test_a_known_load_mends_a_set_that_another_left_unfinished(
    graph: Graph, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, newer = write_file("a.yaml", LONELY), write_file("newer/a.yaml", LONELY.replace("Nobody", "Somebody"))
    run.load(graph, [path], Options())
    clean = snapshot(graph)
    monkeypatch.setattr(write, "ONE_TRANSACTION", 0)
    monkeypatch.setattr(write, "_steps", lambda *_: iter([(1, _fail)]))
    with pytest.raises(QueryFailed):
        run.load(graph, [newer], Options())
    monkeypatch.undo()
    assert stored.read_sets(graph)[0]["state"] == "loading"
    assert not run.load(graph, [path], Options()).known_warnings
    assert snapshot(graph) == clean


def test_a_known_load_imports_nothing_that_reads_checks_plans_or_writes(graph: Graph, write_file: Write) -> None:
    path = write_file("a.yaml", LONELY)
    run.load(graph, [path], Options())
    command = [sys.executable, "-X", "importtime", "-m", "conceptmap", "load", path]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    done = subprocess.run(
        command, cwd=ROOT, env=kept | environment(graph), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("a: nothing to do")
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "loader.again" in imported
    heavy = {"loader.checks", "loader.planning", "loader.write", "loader.importance", "yaml", "rapidfuzz", "rustworkx"}
    assert not imported & (heavy | {"psutil", "explorer"})


def _fail(_: Writing) -> None:
    raise QueryFailed("The server refused the statement: it is tired")
