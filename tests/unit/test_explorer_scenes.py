"""Who is on the map, and what cytoscape gets of it."""

from dataclasses import replace
from typing import Any

from explorer.elements import elements, tints
from explorer.mapchrome import toolbar
from explorer.queries import Library, Node, Relation
from explorer.scenes import MOST_OPENED, Cache, Scene, Scenes, key_of, one_less, terms_of
from explorer.seen import Filter, seen
from explorer.style import OTHER
from explorer.twin import relations_in_words
from explorer.view import Opened, View
from graph.kinds import BUILT_IN
from tests.memory import MemoryGraph, Row

STEPS = (("related", 1), ("uses", 7), ("broader", 20))
HUB = {"hub": [f"n{number:02}" for number in range(30)]}
LIBRARY = Library(
    revision="a-3",
    categories=(("Models", 5), ("", 4), ("Data", 2)),
    kinds=tuple(BUILT_IN.values()),
    most_important=4.0,
)
NODES = (
    Node("rag", "RAG", "It retrieves.", "Models", 4.0, degree=5),
    Node("llm", "LLM", "", "Data", 1.0, degree=1),
    Node("x", "X", defined=False, degree=1),
)
SCENE = Scene("key", "a-3", NODES, (Relation("rag", "uses", "llm"), Relation("rag", "related", "x")), reached=9)
ALL = seen(SCENE, Filter())


def test_twelve_neighbours_come_and_then_the_next_twelve() -> None:
    assert terms_of(["a"], [Opened("hub")], HUB) == ["a", "hub", *HUB["hub"][:12]]
    assert terms_of(["a"], [Opened("hub", 2)], HUB) == ["a", "hub", *HUB["hub"][:24]]


def test_neighbours_who_are_there_do_not_count_among_the_twelve() -> None:
    assert terms_of(["hub", "n00", "n01"], [Opened("hub")], HUB)[3:] == HUB["hub"][2:14]


def test_opening_twice_is_the_same_as_two_batches() -> None:
    assert terms_of([], [Opened("hub"), Opened("hub")], HUB) == terms_of([], [Opened("hub", 2)], HUB)


def test_a_map_that_is_full_takes_no_more() -> None:
    many = {"hub": [f"n{number:04}" for number in range(2000)]}
    assert len(terms_of(["a"], [Opened("hub", 99)], many)) == MOST_OPENED
    assert len(terms_of(["a"], [Opened("hub", 99), Opened("other")], many, "z")) == MOST_OPENED + 1


def test_the_selected_term_is_on_the_map_in_any_case() -> None:
    assert terms_of(["a"], [], {}, "z") == ["a", "z"]


def test_the_key_does_not_depend_on_what_is_selected() -> None:
    assert key_of(View(term="a"), "1") == key_of(View(term="b"), "1")
    assert key_of(View(focus="a"), "1") != key_of(View(focus="a", depth=2), "1") != key_of(View(focus="a"), "2")


def test_how_many_neighbours_wait_off_the_map() -> None:
    assert SCENE.waiting() == {"rag": 3, "llm": 0, "x": 0}


def test_elements_say_how_they_look() -> None:
    rag, llm, x, uses, related = (element["data"] for element in elements(SCENE, LIBRARY, ALL))
    assert (rag["size"], rag["tint"], rag["waiting"], rag["pale"]) == (50, 0, 3, 0)
    assert llm["size"] < rag["size"]
    assert (x["tint"], x["pale"]) == (OTHER, 1)
    assert (uses["source"], uses["target"], uses["label"], uses["arrow"]) == ("rag", "llm", "uses", "vee")
    assert related["arrow"] == "none"


def test_hidden_categories_take_their_relations_along() -> None:
    left = seen(SCENE, Filter(categories=frozenset({"Data", ""})))
    ids = [element["data"]["id"] for element in elements(SCENE, LIBRARY, left)]
    assert ids == ["rag"]


def test_larger_categories_have_colours_of_their_own_and_none_is_grey() -> None:
    assert tints(LIBRARY) == {"Models": 0, "Data": 1, "": OTHER}
    many = Library(categories=tuple((f"c{number:02}", 1) for number in range(40)))
    assert tints(many)["c39"] == OTHER


def test_relations_read_from_either_side() -> None:
    said = relations_in_words(ALL, LIBRARY)
    assert [(words, node.id) for words, node in said["llm"]] == [("is used by", "rag")]
    assert [(words, node.id) for words, node in said["rag"]] == [("uses", "llm"), ("is related to", "x")]


def test_a_kind_that_nobody_declares_any_more_is_told_by_its_id() -> None:
    assert LIBRARY.kind("pays-for").label == "pays for"


def test_the_toolbar_says_where_we_are_and_how_much_is_shown() -> None:
    assert "2 of 9 shown" in str(toolbar(SCENE, View(hidden=("Data",)), 2))
    assert "RAG" in str(toolbar(SCENE, View(focus="rag"), 3))
    assert "0 of" not in str(toolbar(Scene(reached=1), View(focus="nobody"), 0))
    assert "3 of more than 20,000 shown" in str(toolbar(replace(SCENE, reached=20_345), View(focus="rag"), 3))


def test_the_cache_keeps_the_last_ones() -> None:
    cache = Cache(2)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda key=key: key.upper())  # type: ignore[misc]
    assert (cache.peek("a"), cache.peek("b"), cache.peek("c")) == ("A", None, "C")


class Noted(MemoryGraph):
    """Notes which terms are read for the map."""

    def __init__(self, terms: list[Row], relations: list[tuple[str, str, str]]) -> None:
        super().__init__(terms, relations)
        self.read_for_the_map: list[list[str]] = []

    def read(self, name: str, /, **given: Any) -> list[Row]:
        if name == "explore/scene":
            self.read_for_the_map.append(list(given["ids"]))
        return super().read(name, **given)


def webbed() -> Noted:
    """A ring of sixty terms, each related to those one, seven and twenty further on."""
    names = [f"t{number:02}" for number in range(60)]
    terms: list[Row] = [{"id": name, "importance": 1.0, "category": "Ring"} for name in names]
    relations = [(names[at], kind, names[(at + step) % 60]) for at in range(60) for kind, step in STEPS]
    return Noted(terms, relations)


def test_of_a_map_that_grows_only_the_newcomers_are_read_and_it_is_the_same_map() -> None:
    graph = webbed()
    grown = Scenes(graph)  # type: ignore[arg-type]
    views = [View(focus="t00")]
    for term, batches in (("t01", 1), ("t07", 1), ("t07", 2), ("t20", 1), ("t41", 1)):
        before = [one for one in views[-1].opened if one.term != term]
        views.append(View(focus="t00", term=term, opened=(*before, Opened(term, batches))))
    for view in views:
        made = grown.scene(view)
        anew = Scenes(webbed()).scene(view)  # type: ignore[arg-type]
        assert (made.nodes, made.relations) == (anew.nodes, anew.relations)
    read = [term for terms in graph.read_for_the_map for term in terms]
    assert len(read) == len(set(read))
    assert set(read) == grown.scene(views[-1]).ids


def test_what_was_opened_before() -> None:
    assert one_less(()) == ()
    assert one_less((Opened("a"), Opened("b"))) == (Opened("a"),)
    assert one_less((Opened("a"), Opened("b", 3))) == (Opened("a"), Opened("b", 2))
