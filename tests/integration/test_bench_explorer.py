"""What `python -m bench.explorer` asks the database is what the explorer asks it."""

from pathlib import Path

import pytest

from bench import child, inputs, reading
from bench.processes import environment
from graph.connection import Graph
from graph.settings import Settings

TERMS = 300


@pytest.fixture
def loaded(server_settings: Settings, graph: Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Graph:
    for name, value in environment(server_settings).items():
        monkeypatch.setenv(name, value)
    child.ready()
    inputs.generated(tmp_path / "set.jsonl", TERMS)
    child.phases(str(tmp_path / "set.jsonl"))
    return graph


def test_a_term_with_its_neighbours_is_one_statement_and_every_read_takes_its_time(loaded: Graph) -> None:
    found = reading.reads(loaded)
    assert found.one == ["explore/term"]
    assert found.all == ["explore/term", "explore/scene"]
    for times in (found.neighbourhood, found.bare, found.click, found.suggestions):
        assert times
        assert min(times) > 0


def test_a_map_wider_than_the_explorer_shows_has_its_terms_and_their_relations(loaded: Graph) -> None:
    scene = reading.wide_scene(loaded, TERMS)
    edges = [one for one in scene["elements"] if "source" in one["data"]]
    assert len(scene["elements"]) - len(edges) == TERMS
    assert len(edges) > TERMS
