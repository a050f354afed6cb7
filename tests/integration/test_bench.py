"""The ways of loading that `make bench` measures do the same work, so that their times can be compared."""

from dataclasses import astuple
from pathlib import Path

import pytest

from bench import child, inputs
from bench.processes import environment
from bench.rows import Rows, saved
from graph.connection import Graph
from graph.settings import Settings


@pytest.fixture(autouse=True)
def _empty_server(server_settings: Settings, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in a process of its own finds the test server, which is empty, with the schema installed."""
    for name, value in environment(server_settings).items():
        monkeypatch.setenv(name, value)
    child.ready()
    assert graph.read("load/state")


def _kept(target: Path) -> Rows:
    child.rows(str(target))
    return saved(str(target))


def _sorted(rows: Rows) -> list[list[str]]:
    return [sorted(map(str, part)) for part in astuple(rows)[1:]]


def test_every_way_leaves_the_graph_that_a_load_leaves(tmp_path: Path) -> None:
    inputs.generated(tmp_path / "set.jsonl", 50)
    child.phases(str(tmp_path / "set.jsonl"))
    wanted, rows = _kept(tmp_path / "rows"), str(tmp_path / "rows")
    assert (len(wanted.terms), len(wanted.entries)) == (50, 50)
    for way in (child.bare, child.py2neo):
        child.ready()
        assert way(rows)["seconds"] > 0
        found = _kept(tmp_path / "found")
        assert (found.header, _sorted(found)) == (wanted.header, _sorted(wanted))
    child.ready()
    assert child.single(rows)["seconds"] > 0
    assert _sorted(_kept(tmp_path / "found"))[2] == _sorted(wanted)[2]


def test_a_load_has_every_phase(graph: Graph, tmp_path: Path) -> None:
    inputs.generated(tmp_path / "set.jsonl", 50)
    found = child.phases(str(tmp_path / "set.jsonl"))
    assert sorted(found) == ["plan", "rank", "read", "write"]
    assert min(found.values()) > 0
    assert graph.read("load/counts")[0]["terms"] == 50


def test_a_set_with_a_problem_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "set.yaml").write_text("terms:\n  - {name: A, definition: A., related: [Nobody]}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="Nobody"):
        child.phases(str(tmp_path / "set.yaml"))
