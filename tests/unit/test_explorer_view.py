"""The view and its address, both ways; the browser's twin is held to the same table (tests/js/view.test.js)."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.view import LAYOUTS, MAX_DEPTH, MAX_HIDDEN, Opened, View, address, parse

CASES = json.loads((Path(__file__).parents[1] / "js" / "views.json").read_text(encoding="utf-8"))
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
OPENED = st.lists(st.builds(Opened, TEXT, st.integers(1, 99)), max_size=5).map(tuple)
HIDDEN = st.sets(TEXT, max_size=4).map(lambda names: tuple(sorted(names)))
VIEWS = st.builds(
    View,
    term=TEXT | st.just(""),
    focus=TEXT | st.just(""),
    depth=st.integers(1, MAX_DEPTH),
    path=st.tuples(TEXT, TEXT) | st.just(()),
    reading=TEXT | st.just(""),
    opened=OPENED,
    without=st.lists(TEXT, unique=True, max_size=4).map(tuple),
    hidden=HIDDEN,
    hidden_sets=HIDDEN,
    hidden_kinds=HIDDEN,
    health=TEXT | st.just(""),
    part=TEXT | st.just(""),
    words=TEXT | st.just(""),
    layout=st.sampled_from(LAYOUTS),
    added=st.lists(TEXT, unique=True, max_size=4).map(tuple),
    cypher=TEXT | st.just(""),
    given=st.dictionaries(TEXT.filter(lambda name: ":" not in name), TEXT | st.just(""), max_size=4).map(
        lambda given: tuple(given.items())
    ),
).map(
    lambda view: replace(
        view,
        depth=view.depth if view.focus else 1,
        part=view.part if view.health else "",
        given=view.given if view.cypher else (),
    )
)


def of(given_view: dict[str, Any]) -> View:
    named = {re.sub("([A-Z])", r"_\1", key).lower(): value for key, value in given_view.items()}
    fields = {
        key: tuple(tuple(one) if isinstance(one, list) else one for one in value) if isinstance(value, list) else value
        for key, value in named.items()
    }
    return View(**{**fields, "opened": tuple(Opened(*pair) for pair in given_view.get("opened", ()))})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["address"] or "overview")
def test_the_table(case: dict[str, Any]) -> None:
    assert parse(case["address"]) == of(case["view"])
    assert address(of(case["view"])) == case["address"]


@given(VIEWS)
def test_a_view_survives_its_address(view: View) -> None:
    assert parse(address(view)) == view


@given(st.text(max_size=60))
def test_any_address_is_some_view(text: str) -> None:
    view = parse(text)
    assert parse(address(view)) == view


def test_what_is_not_understood_is_left_out() -> None:
    assert parse("?depth=9&layout=zigzag&open=,,~2&unknown=1") == View()
    assert parse("?focus=a&depth=17").depth == MAX_DEPTH
    assert parse("?open=a~x") == View(opened=(Opened("a"),))


def test_an_address_hides_no_endless_list() -> None:
    assert len(parse("?" + "&".join(f"hide=c{number}" for number in range(9999))).hidden) == MAX_HIDDEN


def test_an_id_that_moved_is_replaced_everywhere() -> None:
    view = View(
        term="old",
        focus="old",
        path=("a", "old"),
        reading="old",
        opened=(Opened("old", 2), Opened("b")),
        without=("old", "c"),
        added=("old",),
    )
    assert view.renamed("old", "new") == View(
        term="new",
        focus="new",
        path=("a", "new"),
        reading="new",
        opened=(Opened("new", 2), Opened("b")),
        without=("new", "c"),
        added=("new",),
    )


def test_a_dash_hides_terms_without_a_category() -> None:
    assert parse("?hide=-&hide=Models").hidden_categories == {"", "Models"}
