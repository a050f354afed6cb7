"""The Cypher behind what is shown: what stands there is what ran, and may be asked in the console."""

from itertools import pairwise
from typing import Any

import pytest

from explorer import asked, queries
from explorer.asked import Asked, Noted
from explorer.routes import read_first, route
from explorer.scenes import around
from explorer.view import EVERY_SET
from graph.read_only import by_words, for_arcadedb
from graph.statements import statement
from loader import corpus
from tests.memory import MemoryGraph

SHOWN: dict[str, tuple[Asked, ...]] = {
    "a term": asked.for_term("a"),
    "a map": asked.for_map(["a", "b"], ["a"]),
    "a step of a path": (asked.reach(["a"], ["uses"]), asked.onward(["a"], ["uses"])),
    "a step from a focus": (asked.step(["a"]),),
    "hits": asked.for_hits(["a"]),
    "a set's health": asked.for_health("ai"),
    "all sets' health": asked.for_health(EVERY_SET),
    "what differs": (asked.health_shared(["ai"]),),
    "missing links": asked.for_links(),
    "the start": (asked.sets(), asked.categories(), asked.overview(40)),
    "what to read first": (asked.foundations(["a"], ["requires"]),),
}


class Chain(MemoryGraph):
    """Terms of which each requires the next; it notes what it is asked."""

    def __init__(self, ids: str) -> None:
        super().__init__([{"id": one} for one in ids], [(a, "requires", b) for a, b in pairwise(ids)])
        self.seen: list[Asked] = []

    def read(self, name: str, /, **given: Any) -> list[dict[str, Any]]:
        self.seen.append(Asked(name, given))
        if name != "explore/foundations":
            return super().read(name, **given)
        told = {"kind": "requires", "importance": 0.0}
        return [told | {"id": a, "target": b} for a, _, b in self.relations if a in given["ids"]]


class Recorder:
    """A graph that notes what it is asked, and knows of nothing."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def read(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        self.asked.append(Asked(name, parameters))
        return [dict.fromkeys(("id", "now"))] if name == "explore/term" else []

    read_all = read


@pytest.mark.parametrize("what", SHOWN)
def test_each_statement_gets_the_parameters_that_it_names(what: str) -> None:
    for one in SHOWN[what]:
        assert set(one.parameters) == set(statement(one.name).parameters), one.name
        assert one.title
        assert one.answers
        assert one.text == statement(one.name).text


@pytest.mark.parametrize("what", SHOWN)
def test_what_is_shown_may_be_asked_in_the_console(what: str) -> None:
    for one in SHOWN[what]:
        assert by_words(one.text) is None, one.name
        assert for_arcadedb(one.text) is None, one.name


def test_what_is_shown_is_what_ran() -> None:
    graph: Any = Recorder()
    queries.term(graph, "a")
    queries.scene(graph, ["a", "b"])
    queries.neighbours(graph, ["a"])
    assert tuple(graph.asked) == (*asked.for_term("a"), *asked.for_map(["a", "b"], ["a"]))


def test_missing_links_are_found_in_what_is_shown_for_them() -> None:
    graph: Any = Recorder()
    corpus.of_graph(graph)
    assert set(map(str, graph.asked)) == set(map(str, asked.for_links()))


def test_each_step_of_a_path_is_told_and_what_is_drawn_comes_last() -> None:
    graph = Chain("abcde")
    told = route(graph, "a", "e", ("uses",)).asked  # type: ignore[arg-type]
    assert all(one in told for one in graph.seen)
    assert all(one in graph.seen for one in told)
    assert told[0] == asked.reach(["a"], ["uses"])
    assert [one.name for one in told][-2:] == ["explore/scene", "explore/scene"]


def test_each_step_from_a_focus_and_of_a_reading_order_is_told() -> None:
    *_, told = around(Chain("abc"), "a", 2)  # type: ignore[arg-type]
    assert told == (asked.step(["a"]), asked.step(["b"]))
    reading = read_first(Chain("abc"), "a", ()).asked  # type: ignore[arg-type]
    assert [one.parameters["ids"] for one in reading if one.name == "explore/foundations"] == [["a"], ["b"], ["c"]]


def test_of_a_wide_step_the_first_ids_are_told_and_how_many_there_are() -> None:
    noted = Noted(Chain("a"))
    noted.read("explore/step", ids=[str(number) for number in range(1_234)])
    (told,) = noted.asked
    assert (len(told.parameters["ids"]), told.left_out) == (500, 734)
    assert told.answers.endswith("(here with 500 of 1,234 ids)")


def test_a_map_of_which_some_is_known_asks_for_the_rest() -> None:
    assert asked.scene(["b"], ["a", "b"]).parameters == {"ids": ["b"], "among": {"a": False, "b": True}}
