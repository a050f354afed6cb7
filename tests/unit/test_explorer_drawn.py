"""Components as plain data for the browser to draw."""

from dash import html

from explorer.drawn import drawable
from explorer.widgets import action, attrs


def test_components_texts_and_lists_become_plain_data() -> None:
    made = html.Ul([html.Li(["uses ", None, html.Button("RAG", className="link", tabIndex=-1)])], hidden=False)
    assert drawable(made) == [
        ["ul", {}, [["li", {}, ["uses ", ["button", {"class": "link", "tabindex": -1}, ["RAG"]]]]]]
    ]
    assert drawable([None, "a", [3]]) == ["a", "3"]


def test_attributes_with_a_dash_and_hostile_texts_stay_what_they_are() -> None:
    made = drawable(action("select", "<b>x</b>", of="<i>", **attrs(aria_label='"quoted"')))
    assert made == [
        [
            "button",
            {"type": "button", "data-act": "select", "data-of": "<i>", "aria-label": '"quoted"'},
            ["<b>x</b>"],
        ]
    ]


def test_a_tab_index_of_zero_stays() -> None:
    assert drawable(html.Pre("x", tabIndex=0)) == [["pre", {"tabindex": 0}, ["x"]]]
