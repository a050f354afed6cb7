"""What the explorer's reads cost at the database, beside the same statements sent by the driver alone."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neo4j

from explorer import queries
from explorer.scenes import Scene, Scenes
from explorer.screen import Screens, scene_data
from explorer.search import Finder
from explorer.seen import Filter, seen
from graph.connection import Graph
from graph.statements import statement

CYPHER = Path(__file__).parent / "cypher"
RELATIONS = 4
TERMS = 300
WARM = 100
MAP = 60


@dataclass
class Counted:
    """A graph that notes which statements were sent to it."""

    graph: Graph
    sent: list[str] = field(default_factory=list)

    def read(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        self.sent.append(name)
        return self.graph.read(name, **parameters)


@dataclass(frozen=True)
class Reads:
    """Milliseconds of each read: a term with its neighbours through the explorer and bare, the statements of a click
    bare, those of suggestions bare; and which statements a neighbourhood and a click send.
    """

    neighbourhood: list[float]
    bare: list[float]
    click: list[float]
    suggestions: list[float]
    one: list[str]
    all: list[str]


def reads(graph: Graph) -> Reads:
    """Measure on what is loaded: terms with four relations each, none of them asked for before."""
    accounts = graph.accounts
    with (
        neo4j.GraphDatabase.driver(accounts.uri, auth=accounts.writer, notifications_min_severity="OFF") as driver,
        driver.session(database=accounts.database) as session,
    ):

        def ask(text: str, **parameters: Any) -> list[dict[str, Any]]:
            return session.execute_read(lambda tx: [dict(record) for record in tx.run(text, parameters)])

        text = (CYPHER / "with_neighbours.cypher").read_text(encoding="utf-8")
        terms = [row["id"] for row in ask(text, relations=RELATIONS, limit=TERMS + WARM)]
        top = [row["id"] for row in graph.read("explore/overview", limit=MAP)]
        term, scene, briefs = (statement(f"explore/{name}").text for name in ("term", "scene", "briefs"))

        def click(key: str) -> None:
            near = [row["id"] for row in ask(term, id=key)[0]["neighbours"]]
            fresh = [one for one in dict.fromkeys([key, *near]) if one not in top]
            ask(scene, ids=fresh, among={one: one not in top for one in (*top, *fresh)})

        found = {
            "neighbourhood": _timed(lambda key: queries.term(graph, key), terms),
            "bare": _timed(lambda key: ask(term, id=key), terms),
            "click": _timed(click, terms[: WARM + 50]),
            "suggestions": _timed(lambda key: ask(briefs, ids=[key, *top[:7]]), terms),
        }
    return Reads(**found, **_sent(graph, terms[-1]))


def wide_scene(graph: Graph, most: int) -> dict[str, Any]:
    """What the page would be sent if a map could have so many terms."""
    ids = [row["id"] for row in graph.read_all("explore/overview", limit=most)]
    nodes, relations = queries.scene(graph, ids)
    library = queries.library(graph)
    scene = Scene(revision=library.revision, nodes=nodes, relations=relations, base=f"overview of {most}")
    return scene_data(scene, library, seen(scene, Filter()), moved="")


class _Unsearched(Finder):
    """An index that nobody asks, made meanwhile, would take turns with what is measured."""

    def renew(self, revision: str) -> None:
        pass


def _sent(graph: Graph, term: str) -> dict[str, list[str]]:
    counted = Counted(graph)
    scenes = Scenes(counted)  # type: ignore[arg-type]
    screens = Screens(scenes, _Unsearched(graph))
    key = screens.screen("", None, look=True).key
    counted.sent.clear()
    scenes.detail(term)
    one = list(counted.sent)
    scenes.cache.clear()
    scenes.library()
    counted.sent.clear()
    screens.screen(f"?term={term}&open={term}", key, look=False)
    return {"one": one, "all": list(counted.sent)}


def _timed(work: Callable[[str], object], keys: Sequence[str]) -> list[float]:
    """Milliseconds of the work on each key but those that warm it up."""
    times = []
    for key in keys:
        started = time.perf_counter()
        work(key)
        times.append((time.perf_counter() - started) * 1000)
    return times[min(WARM, len(times) // 2) :]
