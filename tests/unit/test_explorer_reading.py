"""What to read first: every term after what it builds on, except in circles, and those are told."""

import random
from collections.abc import Collection, Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from explorer.reading import MOST_TERMS, Basis, Order, order

TERMS = [f"t{number}" for number in range(9)]
BASES = st.lists(
    st.builds(Basis, st.sampled_from(TERMS), st.sampled_from(["requires", "uses"]), st.sampled_from(TERMS)), max_size=22
)


def ordered(bases: Iterable[Basis], term: str = "t0", seed: int = 0) -> Order:
    every = list(bases)

    def read(ids: Collection[str]) -> list[Basis]:
        here = [basis for basis in every if basis.term in ids]
        random.Random(seed).shuffle(here)
        return here

    return order(term, read)


def beneath(bases: Collection[Basis], term: str) -> set[str]:
    reached, waiting = {term}, [term]
    while waiting:
        one = waiting.pop()
        fresh = {basis.on for basis in bases if basis.term == one} - reached
        reached |= fresh
        waiting += fresh
    return reached


@given(bases=BASES)
def test_each_comes_after_what_it_builds_on_except_in_circles_that_are_told(bases: list[Basis]) -> None:
    made = ordered(bases)
    place = {one: index for index, one in enumerate(made.terms)}
    told = {(one, other) for circle in made.circles for one in circle for other in circle}
    for basis in made.bases:
        assert place[basis.on] < place[basis.term] or (basis.term, basis.on) in told
    for one, other in told:
        assert other in beneath(bases, one)


@given(bases=BASES)
def test_all_that_lies_beneath_is_there_once_and_the_term_is_last(bases: list[Basis]) -> None:
    made = ordered(bases)
    assert set(made.terms) == beneath(bases, "t0")
    assert len(set(made.terms)) == len(made.terms)
    assert made.terms[-1] == "t0"
    assert not made.more


@given(bases=BASES, seed=st.integers(0, 99))
def test_the_order_does_not_depend_on_the_order_of_the_answers(bases: list[Basis], seed: int) -> None:
    assert ordered(bases) == ordered(bases[::-1], seed=seed)


@given(bases=BASES)
def test_layers_hold_every_term_once_and_the_term_alone_at_the_end(bases: list[Basis]) -> None:
    made = ordered(bases)
    assert sorted(one for layer in made.layers for one in layer) == sorted(made.terms)
    assert made.layers[-1] == ("t0",)
    level = {one: depth for depth, layer in enumerate(made.layers) for one in layer}
    told = {(one, other) for circle in made.circles for one in circle for other in circle}
    assert all(level[b.on] < level[b.term] for b in made.bases if (b.term, b.on) not in told)


def test_what_builds_on_nothing_stands_just_before_the_first_that_builds_on_it() -> None:
    chain = [Basis("d", "uses", "c"), Basis("c", "uses", "b"), Basis("b", "uses", "a")]
    made = ordered([*chain, Basis("d", "uses", "late"), Basis("c", "uses", "soon")], "d")
    assert made.layers == (("a",), ("b", "soon"), ("c", "late"), ("d",))


def test_of_many_the_nearest_are_there_then_the_more_important() -> None:
    near = [Basis("a", "uses", f"n{number:02}", number) for number in range(40)]
    far = [Basis("n00", "requires", f"f{number:02}", number) for number in range(40)]
    made = ordered(near + far, "a")
    assert len(made.terms) == MOST_TERMS + 1
    assert made.more
    assert {basis.on for basis in near} < set(made.terms)
    assert "f39" in made.terms
    assert "f00" not in made.terms


def test_a_term_that_builds_on_nothing_is_alone() -> None:
    assert ordered([], "a") == Order(("a",), layers=(("a",),))


def test_a_long_chain_is_read_from_its_far_end() -> None:
    chain = [f"c{number:02}" for number in range(12)]
    made = ordered([Basis(one, "broader", other) for one, other in pairwise(chain)], "c00")
    assert made.terms == tuple(reversed(chain))
