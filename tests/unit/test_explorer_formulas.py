"""Formulas in explanations: shown as MathML, built from an allow-list; amounts of dollars stay text."""

import re
from pathlib import Path
from typing import Any

import pytest

from explorer import html
from explorer.drawn import drawable
from explorer.markdown import Linker, render
from explorer.mathml import LONGEST, TAGS, Math, formula
from explorer.page_export.tree import plain

DOM = Path(__file__).parents[2] / "explorer" / "page_export" / "dom.js"


def drawn(text: str) -> list[Any]:
    return drawable(render(text, Linker({}, lambda term, words: html.A(words, href=term))))


def test_a_formula_in_dollars_is_drawn_as_mathml() -> None:
    exponent = ["msup", {}, [["mi", {}, ["x"]], ["mn", {}, ["2"]]]]
    wanted = ["math", {"display": "inline"}, [["mrow", {}, [exponent]]]]
    assert drawn("The square $x^2$ grows.") == [["p", {}, ["The square ", wanted, " grows."]]]


@pytest.mark.parametrize("text", ["$$\nx^2\n$$", "$$x^2$$", "It is $$x^2$$ here."])
def test_a_formula_in_double_dollars_stands_in_a_line_of_its_own(text: str) -> None:
    assert "['math', {'display': 'block'}" in str(drawn(text))


@pytest.mark.parametrize(
    "text",
    ["It costs $5 and $10.", "US$ 5 or $ 6 $", "From $5-$10", "$5", "\\$x\\$", "`$x$` as code"],
)
def test_amounts_of_dollars_stay_text(text: str) -> None:
    assert "math" not in str(drawn(text))


@pytest.mark.parametrize("latex", [r"\frac", "{", r"\nosuch{x}", r"a_b_c", r"\left(x", "x" * (LONGEST + 1)])
def test_a_formula_that_cannot_be_read_stays_its_text_in_code(latex: str) -> None:
    assert drawn(f"Say ${latex}$.") == [["p", {}, ["Say ", ["code", {}, [f"${latex}$"]], "."]]]


def test_symbols_are_characters_and_what_looks_like_markup_is_text() -> None:
    assert "∑" in str(formula(r"\sum_{i=1}^n"))
    made = formula(r"\text{<img src=x onerror=alert(1)>}")
    assert made is not None
    space = "\N{NO-BREAK SPACE}"
    assert drawable(made)[0][2] == [["mrow", {}, [["mtext", {}, [f"<img{space}src=x{space}onerror=alert(1)>"]]]]]


@pytest.mark.parametrize(
    "latex",
    [r"\href{javascript:alert(1)}{x}", r"\style{position:fixed}{x}", r"\class{health}{x}", r"\color{red}{x}",
     r"\hspace{999999em}", r"\hspace{-99em}", r"\rule{9999em}{9999em}"],
)  # fmt: skip
def test_addresses_styles_classes_and_huge_lengths_do_not_get_through(latex: str) -> None:
    made = formula(latex)
    assert made is not None
    said = str(drawable(made))
    assert not re.search(r"href|'style'|class|javascript|red|99|black", said)


@pytest.mark.parametrize(
    "latex",
    ["{" * 450 + "x" + "}" * 450, r"\frac{" * 150, r"\sqrt" * 190, r"\begin{matrix}" * 60, r"\left(" * 150,
     "x^{" * 300 + "y" + "}" * 300, "$" * 900, "\\" * 999, "&" * 900],
    ids=range(9),
)  # fmt: skip
def test_deep_and_hostile_formulas_end_as_text_or_as_a_shallow_tree(latex: str) -> None:
    made = formula(latex)
    assert made is None or depth(made) <= 41


def depth(made: Math) -> int:
    return 1 + max((depth(one) for one in made.contents if isinstance(one, Math)), default=0)


def test_the_exported_page_gets_the_same_formula_and_draws_the_same_elements() -> None:
    made = formula("x^2")
    assert made is not None
    assert plain([made]) == [
        ["math", [["mrow", [["msup", [["mi", ["x"], {}], ["mn", ["2"], {}]], {}]], {}]], {"display": "inline"}]
    ]
    source = DOM.read_text(encoding="utf-8")
    words = "".join(re.findall(r'"([^"]*)"', source[source.index("const FORMULA") : source.index("const SAFE")]))
    assert set(words.removesuffix(" ").split()) - {""} == TAGS


@pytest.mark.parametrize("text", ["$$\nx^2\n$$", "It is $$x^2$$ here."])
def test_the_keyboard_comes_to_a_formula_that_may_be_wider_than_the_page(text: str) -> None:
    assert [one[1] for one in drawn(text)] == [{"tabindex": 0}]
    assert drawn("It is $x^2$ here.")[0][1] == {}
