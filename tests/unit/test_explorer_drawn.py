"""Elements as the browser gets them: plain data, or components of Dash."""

from dash import dcc
from dash import html as dash_html

from explorer import html
from explorer.drawn import component, drawable
from explorer.widgets import action, attrs


def test_elements_texts_and_lists_become_plain_data() -> None:
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


def test_elements_become_components_of_dash_and_what_is_one_stays() -> None:
    graph = dcc.Graph(id="g")
    made = component([html.Div(["a", graph, html.P(html.Strong("b"), className="c")], id="d", tabIndex=0), None])
    wanted = dash_html.Div(["a", graph, dash_html.P(dash_html.Strong("b"), className="c")], id="d", tabIndex=0)
    assert str(made[0]) == str(wanted)
    assert made[0].children[1] is graph
    assert made[1] is None


def test_every_element_is_one_that_dash_has_too() -> None:
    names = {one.__name__ for one in html.Element.__subclasses__()}
    assert names
    assert all(hasattr(dash_html, name) for name in names - {"Input"})
