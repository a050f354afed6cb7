"""What "Show the Cypher" puts into the console runs there, on both engines, and what the completion offers is so."""

import time
from pathlib import Path

import pytest

from explorer import schema
from explorer.behind import behind
from explorer.console_given import ANY, Field, values
from explorer.scenes import Scenes
from explorer.screen import Screens
from explorer.search import Finder
from explorer.set_health_read import Healths
from graph.connection import Graph
from graph.read_only import PROCEDURES
from loader import run
from loader.report import Options

GLOSSARY = Path(__file__).parent.parent / "data" / "library"


@pytest.fixture
def bakery(graph: Graph) -> Graph:
    run.load(graph, [str(GLOSSARY)], Options(allow_undefined=True))
    return graph


VIEWS = (
    "",
    "?term=dough",
    "?term=dough&open=dough",
    "?focus=dough&depth=2",
    "?path=bread,flour",
    "?path=bread,flour&without=uses",
    "?reading=bread",
    "?health=*",
    "?health=bakery",
    "?health=bakery&part=links",
    "?q=dough",
)


@pytest.mark.parametrize("search", VIEWS)
def test_the_cypher_behind_a_view_runs_in_the_console(bakery: Graph, search: str) -> None:
    scenes = Scenes(bakery)
    screens = Screens(scenes, Finder(bakery))
    screens.screen(search, None, look=True)
    deadline = time.monotonic() + 30
    while not screens.finder.ready:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    healths = Healths(bakery)
    found = behind(screens, healths, search)
    assert found
    for one in found:
        given = values(Field(name, ANY, text) for name, text in one["given"])
        assert bakery.query(one["text"], given).columns, one["title"]


def test_the_completion_knows_the_graph(bakery: Graph) -> None:
    found = schema.read(bakery)
    assert {"Term", "TermSet"} <= set(found.labels)
    assert {"RELATED_TO", "DEFINES"} <= set(found.types)
    assert {"name", "definition", "kind"} <= set(found.keys)
    assert found.procedures
    for one in found.procedures:
        assert one["name"].lower() in PROCEDURES
