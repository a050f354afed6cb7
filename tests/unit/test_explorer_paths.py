"""The shortest ways between two terms, held against all ways of small graphs."""

from collections.abc import Collection, Iterable
from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from explorer import paths
from explorer.paths import Found, search

TERMS = "abcdefgh"
Edges = frozenset[tuple[str, str]]
EDGES = st.frozensets(st.tuples(st.sampled_from(TERMS), st.sampled_from(TERMS)), max_size=14)
IMPORTANCE = st.fixed_dictionaries({term: st.sampled_from([0.0, 1.0, 2.0]) for term in TERMS})


def neighbours(edges: Edges) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for one, other in edges:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    return near


def found(edges: Edges, start: str, end: str, importance: dict[str, float] | None = None) -> Found:
    near = neighbours(edges)

    def reach(ids: Collection[str]) -> Iterable[str]:
        return {other for one in ids for other in near.get(one, ())}

    def onward(ids: Collection[str]) -> Iterable[tuple[str, str, float]]:
        return [(one, other, (importance or {}).get(other, 0.0)) for one in ids for other in near.get(one, ())]

    return search(start, end, reach, onward)


def all_ways(edges: Edges, start: str, end: str) -> list[tuple[str, ...]]:
    """All shortest ways, by trying ever longer ones."""
    near, ways = neighbours(edges), [(start,)]
    for _ in count():
        if done := [way for way in ways if way[-1] == end]:
            return done
        ways = [(*way, step) for way in ways for step in near.get(way[-1], ()) if step not in way]
        if not ways:
            return []
    raise AssertionError


@given(edges=EDGES, start=st.sampled_from(TERMS), end=st.sampled_from(TERMS), importance=IMPORTANCE)
def test_they_are_the_first_of_all_shortest_ways(
    edges: Edges, start: str, end: str, importance: dict[str, float]
) -> None:
    every = sorted(all_ways(edges, start, end), key=lambda way: [(-importance[one], one) for one in way])
    answer = found(edges, start, end, importance)
    assert list(answer.ways) == every[:5]
    assert answer.more == (len(every) > 5)
    if not every:
        assert answer.islands == (island(edges, start), island(edges, end))


def island(edges: Edges, term: str) -> int:
    near, reached, waiting = neighbours(edges), {term}, [term]
    while waiting:
        fresh = near.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return len(reached)


def test_between_hubs_five_ways_are_told_and_that_there_are_more() -> None:
    spokes = frozenset((hub, f"s{number:04}") for hub in ("x", "y") for number in range(3000))
    answer = found(spokes, "x", "y")
    assert answer.ways == tuple(("x", f"s{number:04}", "y") for number in range(5))
    assert answer.more


def test_a_small_island_ends_the_search_at_once() -> None:
    chain = [f"n{number:05}" for number in range(5000)]
    edges = frozenset(pairwise(chain)) | {("i", "j")}
    assert found(edges, chain[0], "i").islands == (paths.ISLAND_COUNTED + 1, 2)


def test_a_search_that_would_go_on_for_ever_stops() -> None:
    def reach(ids: Collection[str]) -> Iterable[str]:
        return (f"{one}{step}" for one in ids for step in "01234567")

    assert search("a", "b", reach, lambda ids: ()) == Found(stopped=True)


def test_a_graph_that_changes_under_the_search_gives_no_way_and_no_error() -> None:
    assert search("a", "c", lambda ids: {"b"}, lambda ids: ()).ways == ()
