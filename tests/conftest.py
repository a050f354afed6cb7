"""Fixtures for all tests: a graph on each engine, and a note of what this machine could not provide."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from graph import Engine
from graph.connection import Graph
from graph.settings import Settings
from tests import provide

# How long an example takes says nothing on a machine that does other things too.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("here")
hypothesis.settings.register_profile("long", max_examples=1000, deadline=None)

ENGINES: tuple[Engine, ...] = ("arcadedb", "neo4j")


def missing(reason: str) -> None:
    """Leave a test out and note why; where CI=true nothing is left out."""
    if provide.in_ci():
        pytest.fail(reason, pytrace=False)
    if note := os.environ.get("CONCEPTMAP_LEFT_OUT"):
        with Path(note).open("a", encoding="utf-8") as file:
            file.write(reason + "\n")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("NEO4J_", "CONCEPTMAP_")) and "TEST" not in name and name != "CONCEPTMAP_LEFT_OUT":
            monkeypatch.delenv(name)


@pytest.fixture(
    scope="session", params=[pytest.param(engine, marks=getattr(pytest.mark, engine)) for engine in ENGINES]
)
def engine(request: pytest.FixtureRequest) -> Engine:
    """The engine that a test runs on: every test that asks for it runs on both."""
    return request.param


@pytest.fixture(scope="session")
def server_settings(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of one server for the whole session."""
    try:
        with provide.server(engine, tmp_path_factory.mktemp(f"home-{engine}")) as settings:
            yield settings
    except provide.Missing as error:
        missing(str(error))


@pytest.fixture(scope="session")
def shared_graph(server_settings: Settings) -> Iterator[Graph]:
    with Graph.open(server_settings) as graph:
        yield graph


@pytest.fixture
def graph(shared_graph: Graph) -> Graph:
    """An empty database on either engine."""
    wipe(shared_graph)
    return shared_graph


def wipe(graph: Graph) -> None:
    """Remove every node; constraints and indexes stay."""
    with graph._writer.session(database=graph.accounts.database) as session:
        session.execute_write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[[str, str], str]:
    """Write a text to a file of the test's own folder; gives its path."""

    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write
