"""What is hidden: which terms and relations the filter leaves, what the legend tells of it, and the text twin."""

import re
from pathlib import Path
from typing import Any

import pytest

from explorer import html, style
from explorer import legend as legend_module
from explorer.elements import elements
from explorer.legend import MOST_LINES, legend
from explorer.queries import Library, Node, Relation, TermSet
from explorer.queries import scene as read_scene
from explorer.scenes import Scene, Scenes
from explorer.screen import Screens
from explorer.search import Finder
from explorer.seen import Filter, seen
from explorer.twin import twin
from explorer.view import Opened, View
from graph.kinds import BUILT_IN
from tests.memory import MemoryGraph, wheel

AI, KG = TermSet("ai", "AI", 2), TermSet("kg", "Graphs", 2)
LIBRARY = Library(
    sets=(AI, KG), categories=(("Models", 2), ("Data", 1), ("", 1)), kinds=tuple(BUILT_IN.values()), most_important=4.0
)
NODES = (
    Node("rag", "RAG", category="Models", degree=5, sets=("ai",)),
    Node("graph", "Graph", category="Data", degree=1, sets=("ai", "kg")),
    Node("rdf", "RDF", category="", degree=2, sets=("kg",)),
    Node("nobodys", "Nobody's", category="", defined=False, degree=1, sets=("kg",)),
)
RELATIONS = (
    Relation("rag", "uses", "graph", sets=("ai",)),
    Relation("rdf", "related", "graph", sets=("ai", "kg")),
    Relation("rdf", "requires", "nobodys", sets=("kg",)),
)
SCENE = Scene("key", "a-3", NODES, RELATIONS)


def left(view: View) -> tuple[list[str], list[str]]:
    """The terms and the kinds of the relations that a view leaves on the map."""
    made = [element["data"] for element in elements(SCENE, LIBRARY, seen(SCENE, Filter.of(view)))]
    return [one["id"] for one in made if "kind" not in one], [one["kind"] for one in made if "kind" in one]


@pytest.mark.parametrize(
    ("view", "terms", "kinds"),
    [
        (View(), ["rag", "graph", "rdf", "nobodys"], ["uses", "related", "requires"]),
        (View(hidden=("Models",)), ["graph", "rdf", "nobodys"], ["related", "requires"]),
        (View(hidden=("-",)), ["rag", "graph"], ["uses"]),
        (View(hidden_sets=("kg",)), ["rag", "graph"], ["uses"]),
        (View(hidden_sets=("ai",)), ["graph", "rdf", "nobodys"], ["related", "requires"]),
        (View(hidden_sets=("ai", "kg")), [], []),
        (View(hidden_kinds=("uses",)), ["rag", "graph", "rdf", "nobodys"], ["related", "requires"]),
        (View(without=("graph",)), ["rag", "rdf", "nobodys"], ["requires"]),
        (View(without=("nix",), hidden=("Nix",), hidden_sets=("nix",), hidden_kinds=("nix",)),
         ["rag", "graph", "rdf", "nobodys"], ["uses", "related", "requires"]),
    ],
)  # fmt: skip
def test_a_term_or_relation_is_hidden_once_nothing_that_brings_it_is_shown(
    view: View, terms: list[str], kinds: list[str]
) -> None:
    assert left(view) == (terms, kinds)


def test_a_relation_that_only_a_hidden_set_tells_goes_though_its_ends_stay() -> None:
    both = tuple(Node(key, key, sets=("ai", "kg")) for key in ("a", "b"))
    scene = Scene("key", "a-3", both, (Relation("a", "uses", "b", sets=("kg",)),))
    made = seen(scene, Filter(sets=frozenset({"kg"})))
    assert (len(made.nodes), made.relations) == (2, ())


def test_terms_that_are_hidden_do_not_wait_to_be_brought_in() -> None:
    whole = SCENE.waiting()
    made = [e["data"] for e in elements(SCENE, LIBRARY, seen(SCENE, Filter.of(View(without=("graph",)))))]
    assert {one["id"]: one["waiting"] for one in made if "waiting" in one} == {
        key: whole[key] for key in ("rag", "rdf", "nobodys")
    }


def buttons(components: Any, act: str = "") -> list[html.Button]:
    """All buttons, at any depth, that do `act`."""
    if isinstance(components, list | tuple):
        return [one for child in components for one in buttons(child, act)]
    if not isinstance(components, html.Element):
        return []
    found = [components] if isinstance(components, html.Button) and act in ("", components.given["data-act"]) else []
    return [*found, *buttons(components.children, act)]


def words(component: Any) -> str:
    """The text of a component."""
    if isinstance(component, list | tuple):
        return " ".join(filter(None, map(words, component)))
    if isinstance(component, html.Element):
        return words(component.children)
    return "" if component is None else str(component)


def told(view: View, act: str, library: Library = LIBRARY, scene: Scene = SCENE) -> dict[str, tuple[str, str]]:
    """The lines of a group of the legend: by what the address calls them, what they say and whether they are shown."""
    return {
        one.given["data-of"]: (words(one).strip(), one.given.get("aria-pressed", ""))
        for one in buttons(legend(scene, library, Filter.of(view)), act)
    }


def test_the_legend_counts_what_is_on_this_map() -> None:
    assert told(View(), "toggle") == {"Models": ("Models 1", "true"), "Data": ("Data 1", "true"),
                                      "-": ("No category 2", "true")}  # fmt: skip
    assert told(View(), "toggle-set") == {"ai": ("AI 2", "true"), "kg": ("Graphs 3", "true")}
    assert told(View(), "toggle-kind") == {"related": ("is related to 1", "true"), "uses": ("uses 1", "true"),
                                           "requires": ("requires 1", "true")}  # fmt: skip


def test_a_hidden_line_keeps_its_count_and_the_other_groups_count_what_is_left() -> None:
    hidden = View(hidden=("Models",))
    assert told(hidden, "toggle")["Models"] == ("Models 1", "false")
    assert told(hidden, "toggle-set") == {"ai": ("AI 1", "true"), "kg": ("Graphs 3", "true")}
    assert "uses" not in told(hidden, "toggle-kind")


def test_names_that_nobody_knows_are_listed_to_be_taken_away() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    view = View(hidden=(hostile,), hidden_sets=("nix",), hidden_kinds=("pays-for",))
    assert told(view, "toggle")[hostile] == (f"{hostile} 0", "false")
    assert told(view, "toggle-set")["nix"] == ("nix 0", "false")
    assert told(view, "toggle-kind")["pays-for"] == ("pays for 0", "false")
    assert buttons(legend(Scene(), Library(), Filter.of(view)), "unhide")


def test_a_single_set_is_no_choice_unless_it_is_hidden() -> None:
    one = Library(sets=(AI,), kinds=LIBRARY.kinds)
    assert told(View(), "toggle-set", one) == {}
    assert told(View(hidden_sets=("ai",)), "toggle-set", one)["ai"] == ("AI 2", "false")


def test_terms_taken_off_come_back_each_or_all() -> None:
    made = legend(SCENE, LIBRARY, Filter.of(View(without=("rag", "elsewhere"))))
    assert "2 terms hidden" in words(made)
    assert told(View(without=("rag", "elsewhere")), "show") == {"rag": ("RAG  Show", ""),
                                                               "elsewhere": ("elsewhere  Show", "")}  # fmt: skip
    assert len(buttons(made, "show-terms")) == 1
    assert not buttons(legend(SCENE, LIBRARY, Filter.of(View(without=("rag",)))), "show-terms")


def test_how_much_is_hidden_stands_on_the_head() -> None:
    view = View(hidden=("Models",), hidden_sets=("nix",), hidden_kinds=("uses",), without=("rag",))
    head = legend(SCENE, LIBRARY, Filter.of(view))[0].children[0]
    assert "4 hidden" in words(head)
    assert "hidden" not in words(legend(SCENE, LIBRARY, Filter())[0].children[0])
    assert not buttons(legend(SCENE, LIBRARY, Filter()), "unhide")


def test_a_hundred_categories_are_a_few_lines_and_the_rest_folded() -> None:
    many = tuple((f"c{number:03}", 1) for number in range(100))
    nodes = tuple(Node(key, key, category=key) for key, _ in many)
    made = legend(Scene("key", "a-3", nodes), Library(categories=many), Filter())
    assert f"{100 - MOST_LINES} more" in words(made)
    assert len(buttons(made, "toggle")) == 100


def test_only_is_offered_where_there_are_others() -> None:
    made = legend(SCENE, LIBRARY, Filter())
    assert [one.given["data-of"] for one in buttons(made, "only-kind")] == ["related", "uses", "requires"]
    one = Scene("key", "a-3", NODES[:2], RELATIONS[:1])
    assert not buttons(legend(one, LIBRARY, Filter()), "only-kind")


def test_an_empty_map_has_no_legend() -> None:
    assert legend(Scene(), Library(), Filter()) == []


def test_every_line_and_arrow_of_the_map_has_its_picture() -> None:
    css = (Path(legend_module.__file__).parent / "assets" / "filters.css").read_text(encoding="utf-8")
    kinds = [*BUILT_IN.values(), Library().kind("of-their-own")]
    for line, arrow in map(style.line_of, kinds):
        assert line == "solid" or f".line-{line}::before" in css
        assert re.search(rf"\.arrow-{arrow}(::after)? {{", css), arrow


def screens_of(graph: MemoryGraph) -> Screens:
    return Screens(Scenes(graph), Finder(graph))  # type: ignore[arg-type]


def test_the_panel_tells_of_neighbours_whom_the_filter_hides() -> None:
    made = screens_of(wheel(5)).screen("?term=hub&open=hub&without=s0000,s0001", None, look=True)
    assert "3 of 5 neighbours on the map, 2 hidden by the filter" in words(made.panel)
    assert "4 of 6 shown" in words(made.toolbar)
    assert made.scene
    assert [e["data"]["waiting"] for e in made.scene["elements"] if e["data"]["id"] == "hub"] == [0]


def test_the_start_offers_terms_that_are_seen() -> None:
    made = screens_of(wheel(20)).screen("?hide=Hubs", None, look=True)
    offered = [one.given["data-of"] for one in buttons(made.panel, "select")]
    assert len(offered) == 6
    assert "hub" not in offered


@pytest.mark.parametrize("change", ["?hide=Hubs", "?hide-set=s", "?hide-kind=related", "?without=hub"])
def test_each_filter_makes_another_map(change: str) -> None:
    screens = screens_of(wheel(3))
    before = screens.screen("", None, look=True)
    after = screens.screen(change, before.key, look=False)
    assert before.scene
    assert after.scene
    assert len(after.scene["elements"]) < len(before.scene["elements"])
    assert screens.screen(change, after.key, look=False).scene is None


def test_a_term_taken_off_stays_off_under_its_new_id() -> None:
    made = screens_of(wheel(3, former={"nave": "hub"})).screen("?without=nave", None, look=True)
    assert made.scene
    assert made.scene["moved"] == "?without=hub"
    assert "hub" not in {element["data"]["id"] for element in made.scene["elements"]}


def test_a_term_that_nobody_defines_belongs_to_the_sets_that_tell_of_it() -> None:
    rows = [{"id": "a", "sets": ["z", "b"]}, {"id": "x", "defined": False, "sets": [], "told_by": [["c", "b"], ["c"]]}]
    nodes, _ = read_scene(MemoryGraph(rows), ["a", "x"])  # type: ignore[arg-type]
    assert [node.sets for node in nodes] == [("b", "z"), ("b", "c")]


def test_the_text_twin_tells_of_the_filter_and_offers_what_the_map_does() -> None:
    view = View(focus="rag", depth=2, hidden=("Data",), hidden_kinds=("uses",), term="rdf", opened=(Opened("rdf"),))
    made = twin(SCENE, LIBRARY, view)
    assert "Focus: RAG, 2 hops. 3 terms, 1 relation. 3 of 4 shown." in words(made)
    assert "1 term hidden by the filter." in words(made)
    assert [one.given["data-of"] for one in buttons(made, "twin-menu")] == ["rdf", "rag", "nobodys"]
    assert buttons(made, "twin-menu")[0].given["aria-label"] == "Actions for RDF"
    assert "hidden by the filter" not in words(twin(SCENE, LIBRARY, View()))


def test_the_text_twin_tells_how_many_wait_off_the_map_where_the_map_does() -> None:
    assert "4 more off the map" not in words(twin(SCENE, LIBRARY, View()))
    assert "4 more off the map" in words(twin(SCENE, LIBRARY, View(opened=(Opened("rag"),))))
