"""Paths and reading orders of a graph on both engines, held against a plain search in the file that was loaded."""

import random
from itertools import pairwise

import pytest

from explorer import queries
from explorer.routes import read_first, route
from graph.connection import Graph
from tests.integration.test_load import Write, load

KINDS = ("requires", "uses", "part-of", "related", "contrasts-with")
BUILDING = ("requires", "uses", "part-of")
TERMS = [f"t{number:02}" for number in range(40)]
Told = set[tuple[str, str, str]]


def generated() -> Told:
    """Relations from term to term, a few dozen, on several islands; the same ones each time."""
    dice = random.Random(14)
    pairs = {tuple(sorted(dice.sample(TERMS[:34], 2))) for _ in range(40)} | {("t36", "t37"), ("t37", "t38")}
    return {(one, dice.choice(KINDS), other) for one, other in sorted(pairs)}


@pytest.fixture
def told(graph: Graph, write_file: Write) -> Told:
    relations = generated()
    lines = [
        f"- {{name: {term}, definition: {term}, related: ["
        + ", ".join(f"{{to: {to}, kind: {kind}}}" for source, kind, to in sorted(relations) if source == term)
        + "]}"
        for term in TERMS
    ]
    load(graph, write_file("generated.yaml", "set: generated\nterms:\n" + "\n".join(lines) + "\n"))
    return relations


def next_to(told: Told, hidden: tuple[str, ...]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {term: set() for term in TERMS}
    for source, kind, target in told:
        if kind not in hidden:
            near[source].add(target)
            near[target].add(source)
    return near


def distances(start: str, near: dict[str, set[str]]) -> dict[str, int]:
    """How many hops each term that can be reached is away, by a plain breadth-first search."""
    found, front = {start: 0}, [start]
    while front:
        fresh = {other for one in front for other in near[one]} - found.keys()
        found |= dict.fromkeys(fresh, max(found.values()) + 1)
        front = list(fresh)
    return found


@pytest.mark.parametrize("hidden", [(), ("related",), ("uses", "requires")])
def test_one_hop_is_what_the_file_tells(graph: Graph, told: Told, hidden: tuple[str, ...]) -> None:
    near = next_to(told, hidden)
    for term in TERMS:
        assert set(queries.reach(graph, [term], hidden)) == near[term]
    assert {(one, other) for one, other, _ in queries.onward(graph, TERMS, hidden)} == {
        (one, other) for one, others in near.items() for other in others
    }


@pytest.mark.parametrize("hidden", [(), ("related",), ("uses", "requires")])
def test_paths_are_as_long_as_a_plain_search_says(graph: Graph, told: Told, hidden: tuple[str, ...]) -> None:
    near = next_to(told, hidden)
    dice = random.Random(1)
    pairs = [tuple(dice.sample(TERMS, 2)) for _ in range(25)]
    lengths = set()
    for start, end in pairs:
        answer, away = route(graph, start, end, hidden), distances(start, near)
        lengths.add(away.get(end))
        if end not in away:
            assert answer.found.ways == ()
            assert answer.found.islands == (len(away), len(distances(end, near)))
            assert answer.blocked == (end in distances(start, next_to(told, ())))
            continue
        for way in answer.found.ways:
            assert (way[0], way[-1], len(way) - 1) == (start, end, away[end])
            assert all(other in near[one] for one, other in pairwise(way))
        assert len(set(answer.found.ways)) == len(answer.found.ways) > 0
    assert None in lengths
    assert len(lengths) > 3, "near pairs, far ones and pairs without a path"


def test_a_reading_order_holds_all_that_a_term_builds_on(graph: Graph, told: Told) -> None:
    below: dict[str, set[str]] = {term: set() for term in TERMS}
    for source, kind, target in told:
        if kind in BUILDING:
            below[source].add(target)
    for term in TERMS:
        answer = read_first(graph, term, ())
        assert set(answer.ids) == set(distances(term, below))
        place = {one: index for index, one in enumerate(answer.ids)}
        assert all(place[on] < place[one] for one in answer.ids for on in below[one])
    assert max(len(read_first(graph, term, ()).ids) for term in TERMS) > 3


def test_kinds_that_are_left_out_do_not_count_for_a_reading_order(graph: Graph, told: Told) -> None:
    for term in TERMS:
        wanted = {term: {to for source, kind, to in told if source == term and kind == "uses"} for term in TERMS}
        assert set(read_first(graph, term, ("requires", "part-of")).ids) == set(distances(term, wanted))
