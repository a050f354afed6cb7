"""The panel: what is told of a term, and that nothing in a definition acts."""

import json
import re
from typing import Any

import pytest

from explorer import html, neighbours, panel
from explorer.drawn import drawable
from explorer.markdown import Linker, render
from explorer.neighbours import OnMap
from explorer.queries import Brief, Detail, Entry, Library, Neighbour, Node, TermSet
from explorer.search import Suggestion
from explorer.widgets import term_button
from graph.kinds import BUILT_IN

LIBRARY = Library(kinds=tuple(BUILT_IN.values()), sets=(TermSet("ai", "AI", 2),), categories=(("Models", 2),))
RAG = Brief("rag", "RAG", "It uses an LLM.", "Models")
DETAIL = Detail(
    RAG,
    "RAG asks an **LLM**.",
    ("Retrieval",),
    (Entry("ai", "AI", "It uses an LLM."), Entry("kg", "Graphs", "Other words.")),
    (
        Neighbour(Brief("llm", "LLM", "A model.", "Models"), "uses", True, "why"),
        Neighbour(Brief("tool", "Tool"), "uses", False),
        Neighbour(Brief("x", "X"), "related", False),
    ),
)


def mention(term: str, words: str) -> html.A:
    return html.A(words, href=f"?term={term}")


def tags(components: Any) -> list[str]:
    """The kinds of all components, at any depth."""
    found: list[str] = []
    for one in components if isinstance(components, list) else [components]:
        if isinstance(one, html.Element):
            found.append(type(one).__name__)
            found += tags(one.children or [])
    return found


def text(components: Any) -> str:
    return json.dumps(drawable(components), ensure_ascii=False)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![beacon](https://evil.example/x.png)",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,x)",
        "[a](//evil.example)",
        "<https://ok.example>\n\n<iframe src=x></iframe>",
        "[a]( \tjavascript:alert(1))",
    ],
)
def test_nothing_acts(hostile: str) -> None:
    made = render(hostile, Linker({}, mention))
    assert not {"Script", "Img", "Iframe"} & set(tags(made))
    for part in text(made).split('"href": ')[1:]:
        assert part.startswith('"https://ok.example')


def test_an_address_that_is_none_breaks_nothing() -> None:
    assert render("[a](http://[bad) [b](http://[::1)", Linker({}, mention))


def test_markdown_is_rendered() -> None:
    made = render(
        "# Head\n\n**b** *i* `c`\n\n- one\n- two\n\n1. a\n\n> q\n\n| a |\n|---|\n| 1 |\n\n```\ncode\n```\n\n---",
        Linker({}, mention),
    )
    assert {"H4", "P", "Strong", "Em", "Code", "Ul", "Li", "Ol", "Blockquote", "Table", "Th", "Td", "Pre", "Hr"} <= set(
        tags(made)
    )


def test_mentions_are_linked_once_and_never_the_term_itself() -> None:
    linker = Linker({"llm": "llm", "c++": "cpp", "rag": ""}, mention)
    made = text(render("RAG and LLMs and an LLM in C++, not RAGE", linker))
    assert made.count("?term=llm") == 1
    assert made.count("?term=cpp") == 1
    assert "?term=rag" not in made


def test_a_longer_name_goes_before_a_shorter_one_in_it() -> None:
    linker = Linker({"language model": "lm", "large language model": ""}, mention)
    assert linker("A Large Language Model") == ["A Large Language Model"]


def test_neighbours_are_grouped_by_words_from_this_side() -> None:
    groups = neighbours.grouped(DETAIL.neighbours, LIBRARY)
    assert [(words, [near.term.id for near in group]) for words, group in groups] == [
        ("uses", ["llm"]),
        ("is used by", ["tool"]),
        ("is related to", ["x"]),
    ]


def test_a_term_tells_what_is_on_the_map_and_what_others_say() -> None:
    told = text(panel.term(DETAIL, LIBRARY, OnMap(frozenset({"llm"})), {"Models": 0}))
    assert "1 of 3 neighbours on the map" in told
    assert "Show 2 more" in told
    assert "Other words." in told
    assert told.count("It uses an ") == 1
    assert "Defined in AI, Graphs." in told


HUB = Detail(
    Brief("hub", "Hub"), "", (), (), tuple(Neighbour(Brief(f"s{n:04}", f"S{n}"), "related", True) for n in range(2000))
)


def told_of_hub(on_map: OnMap) -> str:
    return text(panel.term(HUB, LIBRARY, on_map, {}))


def some(number: int) -> frozenset[str]:
    return frozenset(f"s{n:04}" for n in range(number))


def test_emphasis_in_emphasis_is_text_from_some_depth_on() -> None:
    made = text(render("*a " * 3000 + "**c**" + "b* " * 3000, Linker({}, mention)))
    assert made.count("a ") >= 3000
    assert "c" in made


def test_a_hub_lists_the_first_hundred_and_how_many_more_there_are() -> None:
    told = told_of_hub(OnMap(some(10)))
    assert "S99" in told
    assert "S100" not in told
    assert "and 1,900 more" in told
    assert len(told) < 100_000


def test_long_definitions_are_cut_in_tips() -> None:
    assert len(text(term_button(Brief("a", "A", "word " * 2000), 0))) < 1200


def test_a_full_map_offers_the_focus_instead_of_more() -> None:
    told = told_of_hub(OnMap(some(311), full=True))
    assert "The map is full" in told
    assert "Show 12 more" not in told
    assert told_of_hub(OnMap(some(311), full=True, focus="hub")).count('"data-act": "focus"') == 1


def test_neighbours_hidden_by_the_filter_are_told_and_can_be_shown() -> None:
    detail = Detail(Brief("hub", "Hub"), "", (), (), HUB.neighbours[:12])
    told = text(panel.term(detail, LIBRARY, OnMap(some(3), some(12) - some(3)), {}))
    assert "3 of 12 neighbours on the map, 9 hidden by the filter" in told
    assert '"data-act": "unhide"' in told
    assert '"data-act": "more"' not in told


def test_a_selected_term_that_is_hidden_says_so() -> None:
    assert "The filter hides this term" in told_of_hub(OnMap(hidden=frozenset({"hub"})))
    assert "The filter hides this term" not in told_of_hub(OnMap())


@pytest.mark.parametrize(("trail", "act"), [(False, "unhide"), (True, "show-hidden-terms")])
def test_show_all_leaves_out_the_kinds_that_a_path_leaves_out(trail: bool, act: str) -> None:
    shown = OnMap(some(3), some(12) - some(3) | {"hub"}, trail=trail)
    found = re.findall(r'"data-act": "([a-z-]+)"[^]]*\}, \["Show all"\]', told_of_hub(shown))
    assert found == [act, act]


def test_many_hits_are_the_first_ones_and_no_hits_may_be_an_index_in_the_making() -> None:
    many = [Suggestion(Brief(f"t{n}", f"T{n}"), 0) for n in range(61)]
    assert "The first 60 hits for" in text(panel.hits("t", many, [], {}))
    assert "60 hits for" in text(panel.hits("t", many[:60], [], {}))
    assert "index is being built" in text(panel.indexing("t"))


def test_of_too_many_names_the_first_are_known() -> None:
    names = {f"name {number:05}": str(number) for number in range(1000)} | {"a much longer name": "late"}
    linker = Linker({"ai": "ai"} | names, mention)
    assert "?term=ai" in text(linker("AI is a much longer name"))


def test_name_and_reason_of_a_line_are_two_words_for_those_who_hear_them() -> None:
    line = drawable(panel.term_line(RAG, {}, "alias: RAG"))

    def heard(parts: list[Any]) -> str:
        return "".join(part if isinstance(part, str) else heard(part[2]) for part in parts)

    assert heard(line).startswith(f"{RAG.name} alias: RAG")


def test_a_term_that_nobody_defines_says_so() -> None:
    detail = Detail(Brief("x", "X", defined=False), "", (), (), ())
    assert "only refer to it" in text(panel.term(detail, LIBRARY, OnMap(), {}))


def test_hits_unknown_terms_and_the_start() -> None:
    near = [Suggestion(RAG, 5, "did you mean")]
    assert "Did you mean" in text(panel.unknown("rog", near, {}))
    assert "Nothing found" in text(panel.hits("rog", [], near, {}))
    assert "1 hit for" in text(panel.hits("rag", near, [], {}))
    assert "2 terms in 1 set." in text(panel.start(LIBRARY, [Node("rag", "RAG")], {}))
    assert "conceptmap load FILE" in text(panel.empty())
