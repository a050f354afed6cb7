"""What is read of a graph, and what is kept of it."""

import json
import time
from typing import Any

import pytest

from explorer import queries
from explorer.scenes import Scenes
from explorer.screen import Screens
from explorer.search import LONGEST_WORDS, Finder
from tests.memory import MemoryGraph, wheel


def test_another_graph_with_the_same_number_of_loads_is_another_graph() -> None:
    graph = wheel(3)
    scenes = Scenes(graph)  # type: ignore[arg-type]
    before = scenes.look()
    assert scenes.term("hub").detail
    graph.terms, graph.graph_id = {}, "two"
    assert scenes.look() != before
    assert scenes.term("hub").detail is None
    assert scenes.library().terms == 0


def test_the_priority_zero_goes_before_all_others() -> None:
    def said(key: str, priority: int | None) -> dict[str, Any]:
        entry = json.dumps({"definition": key})
        return {"set": key, "title": key, "priority": priority, "role": "main", "entry": entry}

    graph = MemoryGraph([{"id": "a", "entries": [said("none", None), said("ten", 10), said("zero", 0)]}])
    detail = queries.term(graph, "a").detail  # type: ignore[arg-type]
    assert detail
    assert [entry.set for entry in detail.entries] == ["zero", "ten", "none"]


def screens_of(graph: MemoryGraph) -> Screens:
    return Screens(Scenes(graph), Finder(graph))  # type: ignore[arg-type]


def test_opened_terms_are_followed_to_the_ids_they_have_now() -> None:
    graph = wheel(20, former={"nave": "hub"})
    made = screens_of(graph).screen("?focus=s0000&open=nave,s0001", None, look=True)
    assert made.scene
    assert made.scene["moved"] == "?focus=s0000&open=hub,s0001"
    assert "hub" in {element["data"]["id"] for element in made.scene["elements"]}
    assert graph.asked["explore/former"] == 1


def test_a_term_that_makes_the_panel_fail_leaves_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("explorer.panel.term", fail)
    made = screens_of(wheel(3)).screen("?term=hub", None, look=True)
    assert made.scene
    assert "Something went wrong" in str(made.panel)


def test_endless_words_are_cut_before_they_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("explorer.index.Index.find", lambda _, words, limit: asked.append(words) or [])
    monkeypatch.setattr("explorer.index.Index.nearest", lambda _, words, limit: asked.append(words) or [])
    finder = Finder(wheel(3))  # type: ignore[arg-type]
    finder.suggest("x" * 9999)
    finder.nearest("x" * 9999)
    assert [len(words) for words in asked] == [LONGEST_WORDS] * 2


def test_the_index_is_built_once_after_a_restart() -> None:
    graph = wheel(3)
    screens = screens_of(graph)
    for _ in range(3):
        screens.screen("", "the key of a page from before", look=False)
        time.sleep(0.2)
    assert screens.finder.ready
    assert graph.asked["explore/names"] == 1
