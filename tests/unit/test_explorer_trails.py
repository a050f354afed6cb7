"""What panel and text view tell of a path and of a reading order, in words."""

from collections.abc import Iterator
from typing import Any

import pytest

from explorer import html, messages, path_panel, reading_panel, trails
from explorer.paths import Found
from explorer.queries import Brief, Library, Node, Relation
from explorer.reading import Basis, Order
from explorer.routes import Reading, Route
from explorer.scenes import Scene
from explorer.search import Suggestion
from explorer.twin import twin
from explorer.view import View
from graph.kinds import BUILT_IN

LIBRARY = Library(kinds=tuple(BUILT_IN.values()))
A, B, C, D = (Node(letter, letter.upper()) for letter in "abcd")
RELATIONS = (Relation("a", "uses", "b"), Relation("c", "uses", "b"), Relation("a", "requires", "b"))
TWO = Route(
    ("a", "c"),
    Found((("a", "b", "c"), ("a", "d", "c"))),
    (A, B, C, D),
    (*RELATIONS, Relation("a", "related", "d"), Relation("d", "part-of", "c")),
)


def words(made: Any) -> str:
    """All text, in order."""
    if isinstance(made, list | tuple):
        return "".join(map(words, made))
    if isinstance(made, html.Element):
        return words(made.children)
    return made if isinstance(made, str) else ""


def parts(made: Any) -> Iterator[dict[str, Any]]:
    """The attributes of all elements."""
    if isinstance(made, list | tuple):
        for one in made:
            yield from parts(one)
    elif isinstance(made, html.Element):
        yield made.given
        yield from parts(made.children)


def acts(made: Any) -> set[tuple[str, str]]:
    return {(one["data-act"], one.get("data-of", "")) for one in parts(made) if "data-act" in one}


def panel(trail: trails.Trail, hidden: frozenset[str] = frozenset()) -> list[Any]:
    return trails.panel(trail, LIBRARY, {}, lambda _: [], hidden)


def route(found: Found, **more: Any) -> Route:
    return Route(("a", "c"), found, (A, C), **more)


def test_each_way_is_a_sentence_that_reads_along_the_relations() -> None:
    made = words(trails.told(TWO, LIBRARY))
    assert "2 shortest paths of 2 hops." in made
    between = path_panel.words_between(TWO, LIBRARY)
    nodes = {node.id: node for node in TWO.nodes}
    told = [words(path_panel.sentence(way, nodes, between)) for way in TWO.found.ways]
    inverse = BUILT_IN["uses"].inverse_label
    assert told[0] == f"A {between('a', 'b')} B, which {inverse} C."
    assert set(between("a", "b").split(" and ")) == {"uses", "requires"}
    assert told[1] == f"A {BUILT_IN['related'].label} D, which {BUILT_IN['part-of'].label} C."
    assert all(sentence in made for sentence in told)


def test_more_ways_than_are_told_are_not_counted_as_all() -> None:
    found = Found(TWO.found.ways, more=True)
    assert words(path_panel.told(Route(TWO.ends, found, TWO.nodes, TWO.relations), LIBRARY)).startswith(
        messages.PATH_FIRST_WAYS.format(ways=2, hops="2 hops")
    )


@pytest.mark.parametrize(
    ("islands", "said"),
    [
        ((1, 2), "From A relations reach no other term; from C, 1 other term."),
        ((58, 1001), "From A relations reach 57 other terms; from C, more than 1,000 other terms."),
    ],
)
def test_no_path_tells_how_far_each_end_reaches(islands: tuple[int, int], said: str) -> None:
    made = words(panel(route(Found(islands=islands))))
    assert "No relations lead from A to C." in made
    assert said in made


def test_where_only_kinds_that_are_left_out_lead_on_they_can_be_shown() -> None:
    made = panel(route(Found(islands=(1, 1)), hidden=("uses",), blocked=True))
    assert "Relations that are left out would lead from A to C." in words(made)
    assert "relations reach" not in words(made), "how far they reach with few kinds is not the point"
    assert ("all-kinds", "") in acts(made)
    assert ("toggle-kind", "uses") in acts(made)
    assert ("all-kinds", "") not in acts(panel(TWO))


def test_a_search_that_was_given_up_does_not_say_that_there_is_no_path() -> None:
    made = words(panel(route(Found(stopped=True))))
    assert "the search ended after 100,000 terms" in made
    assert "No relations lead" not in made


def test_an_unknown_end_keeps_the_other_one_when_a_term_is_chosen() -> None:
    near = [Suggestion(Brief("b", "B"), "")]
    made = trails.panel(Route(("nix", "c"), Found(), (C,)), LIBRARY, {}, lambda _: near, frozenset())
    assert "There is no term “nix” here." in words(made)
    assert ("path-from", "b") in acts(made)
    made = trails.panel(Route(("c", "nix"), Found(), (C,)), LIBRARY, {}, lambda _: near, frozenset())
    assert ("path-to", "b") in acts(made)


def test_the_kinds_of_the_ways_can_be_left_out_and_one_that_is_out_taken_in() -> None:
    kept = Route(TWO.ends, TWO.found, TWO.nodes, TWO.relations, hidden=("broader",))
    pressed = {
        one["data-of"]: one["aria-pressed"] for one in parts(panel(kept)) if one.get("data-act") == "toggle-kind"
    }
    assert pressed == {"uses": "true", "requires": "true", "related": "true", "part-of": "true", "broader": "false"}


def test_terms_of_the_path_that_the_filter_hides_are_told_and_shown_without_taking_kinds_in() -> None:
    made = panel(TWO, frozenset({"b", "elsewhere"}))
    assert "The filter hides 1 term of these on the map." in words(made)
    assert ("show-hidden-terms", "") in acts(made)
    assert ("show-hidden-terms", "") not in acts(panel(TWO, frozenset({"elsewhere"})))


def test_the_title_and_the_way_back_to_the_whole() -> None:
    assert trails.title(TWO) == "Path: A → C"
    assert trails.title(Route(("nix", "c"), Found(), (C,))) == "Path: nix → C"
    assert ("deselect", "") in acts(trails.toolbar(TWO, View(path=("a", "c"), term="b"), 4))
    assert ("deselect", "") not in acts(trails.toolbar(TWO, View(path=("a", "c")), 4))


def test_a_path_stands_in_columns_by_hops_and_a_term_in_one_of_them_only_once() -> None:
    assert trails.columns(TWO) == [["a"], ["b", "d"], ["c"]]
    assert trails.hops(TWO) == [["a", "b"], ["a", "d"], ["b", "c"], ["d", "c"]]
    assert trails.columns(route(Found())) == [["a"], ["c"]], "both ends, when nothing leads from one to the other"
    assert (trails.columns(None), trails.hops(None), trails.told(None, LIBRARY)) == ([], [], [])


ORDER = Order(
    ("a", "b", "c"),
    (Basis("b", "requires", "a"), Basis("c", "uses", "a"), Basis("c", "requires", "b")),
    (("a",), ("b",), ("c",)),
)
READ = Reading("c", ORDER, (A, B, C))


def test_a_reading_order_numbers_the_terms_and_says_why_each_is_to_be_read() -> None:
    made = panel(READ)
    assert "What to read before C" in words(made)
    assert "2 terms to read first" in words(made)
    assert reading_panel.why(READ, LIBRARY) == {"a": "used by C and 1 more", "b": "required by C"}
    assert trails.title(READ) == "Reading order: C"


def test_the_text_view_of_a_reading_order_says_why_each_is_to_be_read() -> None:
    made = words(twin(Scene(nodes=READ.nodes, trail=READ), LIBRARY, View(reading="c")))
    assert "used by C and 1 more" in made
    assert "required by C" in made


def test_the_text_view_of_a_path_brings_back_terms_and_leaves_kinds_out() -> None:
    scene = Scene(nodes=TWO.nodes, relations=TWO.relations, trail=TWO)
    made = twin(scene, LIBRARY, View(path=TWO.ends, without=("b",), hidden_kinds=("uses",)))
    assert "1 term hidden by the filter." in words(made)
    assert messages.KINDS_LEFT_OUT in words(made)
    assert ("show-hidden-terms", "") in acts(made)
    assert ("unhide", "") not in acts(made)
    made = twin(scene, LIBRARY, View(path=TWO.ends, hidden_kinds=("uses",)))
    assert "hidden by the filter" not in words(made), "no term is hidden"
    assert not {("show-hidden-terms", ""), ("unhide", "")} & acts(made)


def test_circles_and_what_lies_beneath_are_told() -> None:
    order = Order(ORDER.terms, ORDER.bases, ORDER.layers, (("a", "b"),), more=True)
    for made in (panel(Reading("c", order, READ.nodes)), trails.told(Reading("c", order, READ.nodes), LIBRARY)):
        assert "their order is a choice: A, B." in words(made)
        assert "More lie beneath" in words(made)


def test_nothing_to_read_first_is_said_and_no_list_of_one_is_drawn() -> None:
    made = panel(Reading("c", Order(("c",)), (C,)))
    assert "Nothing to read first" in words(made)
    assert not any(one.get("className") == "reading-order" for one in parts(made))


def test_an_unknown_term_has_no_reading_order() -> None:
    assert "There is no term “nix” here." in words(panel(Reading("nix", Order(("nix",)))))
