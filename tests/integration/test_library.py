"""Each query of the library on both engines, with the answer that a small glossary has to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Graph
from graph.library import Library, bind, read_library
from loader import run
from loader.report import Options
from tests.conftest import wipe

GLOSSARY = Path(__file__).parent.parent / "data" / "library"
LIBRARY: Library = read_library()

# For each query the parameters, and the rows that it gives: all of them, in their order.
ANSWERS: dict[str, tuple[dict[str, Any], list[tuple[Any, ...]]]] = {
    "most-connected": (
        {"limit": 4},
        [
            ("flour", "Flour", 4, 1.342813),
            ("dough", "Dough", 3, 1.447946),
            ("mill", "Mill", 3, 1.342813),
            ("tool", "Tool", 3, 1.447946),
        ],
    ),
    "bridges-between-categories": (
        {"one": "Food", "other": "Stock"},
        [("dough", "Dough", "Food", 1, 2), ("flour", "Flour", "Stock", 1, 1)],
    ),
    "relations-between-categories": (
        {"one": "Food", "other": "Stock"},
        [
            ("Dough", "requires", "Flour", None),
            ("Dough", "requires", "Water", None),
            ("Dough", "uses", "Water", None),
        ],
    ),
    "islands": (
        {},
        [
            ("hoop", "Hoop", ["Ring", "Wheel"]),
            ("ring", "Ring", ["Hoop", "Wheel"]),
            ("salt", "Salt", []),
            ("wheel", "Wheel", ["Hoop", "Ring"]),
        ],
    ),
    "two-hops-away": (
        {"term": "bread"},
        [("flour", "Flour", 1, ["Dough"]), ("tool", "Tool", 1, ["Oven"]), ("water", "Water", 1, ["Dough"])],
    ),
    "definitions-that-differ": (
        {},
        [("flour", "Flour", "bakery", "Ground grain.", "mill", "What a mill makes of grain.")],
    ),
    "circles": ({}, [(["Hoop", "Ring", "Wheel", "Hoop"], 3)]),
    "missing-inverse": (
        {"limit": 3},
        [
            ("Dough", "requires", "Flour", "Flour"),
            ("Mill", "broader", "Tool", "Tool"),
            ("Flour", "uses", "Mill", "Mill"),
        ],
    ),
    "longest-chain": ({}, [(3, ["Bread", "Dough", "Flour", "Grain"]), (2, ["Bread", "Dough", "Water"])]),
    "shared-neighbours": ({"one": "flour", "other": "tool"}, [("mill", "Mill", ["uses"], ["broader"])]),
    "undefined-terms": ({}, [("miller", "Miller", 1, ["Flour"])]),
    "without-definition": ({}, [("mill", "Mill", ["mill"])]),
    "without-relation": ({}, [("salt", "Salt", "Stock")]),
    "shared-aliases": ({}, [("dish", ["Bowl", "Salt"])]),
    "categories": (
        {},
        [("Stock", 4, 1, 6), ("Tools", 4, 4, 3), ("Circles", 3, 3, 0), ("Food", 2, 1, 4)],
    ),
    "categories-together": (
        {},
        [("Food", "Stock", 3), ("Stock", "Tools", 2), ("", "Stock", 1), ("Food", "Tools", 1)],
    ),
    "kinds": (
        {},
        [
            ("broader", 6, 6, 4, 0),
            ("requires", 4, 3, 4, 0),
            ("uses", 4, 4, 4, 1),
            ("contrasts-with", 1, 1, 1, 1),
            ("related", 1, 1, 1, 0),
        ],
    ),
    "way-between": (
        {"one": "bread", "other": "grain"},
        [(["Bread", "Dough", "Flour", "Grain"], ["requires", "requires", "requires"], 3)],
    ),
    "builds-on": (
        {"term": "bread", "limit": 5},
        [("dough", "Dough", 1), ("oven", "Oven", 1), ("tool", "Tool", 2), ("flour", "Flour", 2), ("water", "Water", 2)],
    ),
    "depends-on-it": ({"term": "flour"}, [("dough", "Dough", 1), ("bread", "Bread", 2)]),
    "sets-that-overlap": ({}, [("bakery", "mill", 12, 3, 2, 5)]),
    "only-in-one-set": ({"set": "mill"}, [("mill", "Mill", "Tools")]),
    "mentioned-but-not-related": ({"term": "dough"}, [("bowl", "Bowl", "A dish to work dough in.")]),
    "similar-terms": (
        {"term": "oven"},
        [("bowl", "Bowl", 1, 50.0), ("dough", "Dough", 1, 25.0), ("mill", "Mill", 1, 25.0)],
    ),
    "contrasts": ({}, [("Bowl", "Tool", "One of many.")]),
    "tree-below": (
        {"term": "tool"},
        [
            ("bowl", "Bowl", 1, ["Bowl", "Tool"]),
            ("mill", "Mill", 1, ["Mill", "Tool"]),
            ("oven", "Oven", 1, ["Oven", "Tool"]),
        ],
    ),
    "thin-definitions": (
        {"below": 15, "limit": 2},
        [("salt", "Salt", 6, "White."), ("flour", "Flour", 13, "Ground grain.")],
    ),
}


@pytest.fixture(scope="module")
def glossary(shared_graph: Graph) -> Iterator[Graph]:
    wipe(shared_graph)
    report = run.load(shared_graph, [str(GLOSSARY)], Options(allow_undefined=True))
    assert not report.errors
    yield shared_graph
    wipe(shared_graph)


def test_each_query_has_an_answer_here() -> None:
    assert len(LIBRARY.queries) >= 20
    assert not LIBRARY.problems
    assert {query.name for query in LIBRARY.queries} == {*ANSWERS, "find-text", "term-map"}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_query_gives_the_answer(glossary: Graph, name: str) -> None:
    query = LIBRARY.find(name)
    given, rows = ANSWERS[name]
    result = glossary.query(query.text, bind(query, given))
    assert list(result.rows) == rows


@pytest.mark.parametrize("name", [query.name for query in LIBRARY.queries])
def test_a_query_runs_with_its_defaults(glossary: Graph, name: str) -> None:
    query = LIBRARY.find(name)
    result = glossary.query(query.text, bind(query, {}))
    assert result.seconds < 5


def test_words_are_found(glossary: Graph) -> None:
    query = LIBRARY.find("find-text")
    for words, ids in (("grain", {"flour", "grain"}), ("loaf", {"bread"}), ("miller~", {"mill", "miller"})):
        result = glossary.query(query.text, bind(query, {"words": words}))
        assert {row[0] for row in result.rows} == ids, words


def test_ways_can_be_drawn_as_a_map(glossary: Graph) -> None:
    query = LIBRARY.find("term-map")
    result = glossary.query(query.text, bind(query, {"term": "bread"}))
    ways = [row[0]["path"] for row in result.rows]
    assert [(a["properties"]["id"], r["properties"]["kind"], b["properties"]["id"]) for a, r, b in ways] == [
        ("bread", "requires", "dough"),
        ("bread", "uses", "oven"),
    ]
    for start, relation, end in ways:
        assert (relation["from"], relation["to"]) == (start["properties"]["id"], end["properties"]["id"])
        assert (relation["from_element"], relation["to_element"]) == (start["element"], end["element"])
        assert len({start["element"], relation["element"], end["element"]}) == 3


def test_quotes_and_backslashes_of_a_definition_come_back_whole(glossary: Graph, write_file: Any) -> None:
    other = write_file("other.yaml", "set: other\nterms:\n- {name: Dough, definition: 'Another \"dough\" \\ here.'}\n")
    run.load(glossary, [other], Options())
    try:
        query = LIBRARY.find("definitions-that-differ")
        found = [row for row in glossary.query(query.text, bind(query, {})).rows if row[0] == "dough"]
        assert found == [
            (
                "dough",
                "Dough",
                "bakery",
                'Flour and water, "worked" into one \\ mass.',
                "other",
                'Another "dough" \\ here.',
            )
        ]
    finally:
        run.unload(glossary, "other", 10)
