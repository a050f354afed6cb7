"""The Cypher behind what is shown: what stands there is what ran, and may be asked in the console."""

from typing import Any

import pytest

from explorer import asked, queries
from explorer.asked import Asked
from explorer.view import EVERY_SET
from graph.read_only import by_words, for_arcadedb
from graph.statements import statement

SHOWN: dict[str, tuple[Asked, ...]] = {
    "a term": asked.for_term("a"),
    "a map": asked.for_map(["a", "b"]),
    "a path": asked.for_path("a", "c", ["a", "b", "c"], ["uses"]),
    "hits": asked.for_hits(["a"]),
    "a set's health": asked.for_health("ai"),
    "all sets' health": asked.for_health(EVERY_SET),
    "the start": (asked.sets(), asked.categories(), asked.overview(40)),
    "what to read first": (asked.foundations(["a"], ["requires"]),),
    "what differs": (asked.health_shared(["ai"]),),
}


class Noted:
    """A graph that notes what it is asked, and knows of nothing."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def read(self, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
        self.asked.append(Asked(name, parameters))
        return [dict.fromkeys(("id", "now"))] if name == "explore/term" else []


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
    graph: Any = Noted()
    queries.term(graph, "a")
    queries.scene(graph, ["a", "b"])
    queries.neighbours(graph, ["a", "b"])
    assert tuple(graph.asked) == (*asked.for_term("a"), *asked.for_map(["a", "b"]))
    graph.asked.clear()
    list(queries.reach(graph, ["a"], ["uses"]))
    queries.onward(graph, ["a", "c", "b"], ["uses"])
    ran = asked.for_path("a", "c", ["a", "b", "c"], ["uses"])
    assert tuple(graph.asked) == (ran[0], ran[2])


def test_a_map_of_which_some_is_known_asks_for_the_rest() -> None:
    assert asked.scene(["b"], ["a", "b"]).parameters == {"ids": ["b"], "among": {"a": False, "b": True}}
