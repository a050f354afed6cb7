"""Values as plain ones, cut to what a cell may hold, and as a person reads them."""

from typing import Any

import pytest
from neo4j.spatial import WGS84Point
from neo4j.time import Duration

from graph.values import fitted, plain, spoken


def node(key: str, name: str) -> dict[str, Any]:
    return {"element": key, "labels": ["Term"], "properties": {"id": key, "name": name}}


def relation(start: str, end: str, kind: str) -> dict[str, Any]:
    return {
        "element": f"{start}-{end}",
        "type": "RELATED_TO",
        "from": start,
        "to": end,
        "from_element": start,
        "to_element": end,
        "properties": {"kind": kind},
    }


def test_what_json_lacks_is_text() -> None:
    assert plain([float("nan"), float("-inf"), 2**53, -(2**53) + 1, b"\x00\xff", {1: (2,)}]) == [
        "NaN",
        "-Infinity",
        "9007199254740992",
        -9007199254740991,
        "00ff",
        {"1": [2]},
    ]


def test_points_and_durations_are_no_lists() -> None:
    assert plain(WGS84Point((1.0, 2.0))) == {"srid": 4326, "coordinates": [1.0, 2.0]}
    assert plain(Duration(months=14, days=3, seconds=4)) == "P1Y2M3DT4S"


@pytest.mark.parametrize(
    ("value", "most", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "abc…"),
        ("ééé", 4, "éé…"),
        ([1, 2, 3], 16, [1, 2, "…"]),
        ([["abc", "def"], "ghi"], 4, [["abc", "d…"], "…"]),
        ({"a": "xy", "b": "z"}, 3, {"a": "xy", "…": "…"}),
        (12345678901, 1, 12345678901),
    ],
)
def test_a_value_is_cut_where_the_room_ends(value: Any, most: int, shown: Any) -> None:
    assert fitted(value, most)[0] == shown
    assert fitted(value, 1000) == (value, fitted(value, 1000)[1], False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("x", "x"),
        (1.5, "1.5"),
        ([1, None], "[1, null]"),
        (node("a", "Alpha"), "(Alpha)"),
        ({"element": "m", "labels": ["Meta"], "properties": {}}, "(Meta)"),
        (relation("a", "b", "uses"), "[uses]"),
        ([node("a", "Alpha"), node("b", "Beta")], "[(Alpha), (Beta)]"),
        ({"path": [node("a", "Alpha"), relation("a", "b", "uses"), node("b", "Beta")]}, "(Alpha)-[uses]->(Beta)"),
        ({"path": [node("b", "Beta"), relation("a", "b", "uses"), node("a", "Alpha")]}, "(Beta)<-[uses]-(Alpha)"),
        ({"path": [node("a", "Alpha"), relation("a", "b", "uses"), "…"]}, "(Alpha)-[uses]->…"),
        ({"path": "x"}, '{"path": "x"}'),
    ],
)
def test_a_value_as_a_person_reads_it(value: Any, text: str) -> None:
    assert spoken(value) == text


@pytest.mark.parametrize("empty", ["", [], {}])
def test_empty_values_take_room_too(empty: object) -> None:
    shown, taken, cut = fitted([empty] * 1000, 100)
    assert (len(shown), taken, cut) == (101, 100, True)
