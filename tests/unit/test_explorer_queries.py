"""What is read of a graph, and what is kept of it."""

import json
from typing import Any

from explorer import queries
from explorer.scenes import Scenes
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
