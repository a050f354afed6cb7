"""Small pieces of the page that several parts use: buttons that act, chips, marks. Pure.

A button says in its data attributes what it does (`act` and, where it is about something, `of`);
`assets/actions.js` listens once for the whole page and changes the address.
"""

from typing import Any
from urllib.parse import quote

from explorer import html, style
from explorer.elements import shorten
from explorer.queries import Brief
from graph.kinds import Kind


def attrs(**names: str) -> dict[str, Any]:
    """Attributes with a dash in their name: attrs(aria_label="…") is {"aria-label": "…"}."""
    return {name.replace("_", "-"): value for name, value in names.items()}


def action(act: str, children: Any, of: str = "", **props: Any) -> html.Button:
    """A button that does `act`, about the term, category or number `of`."""
    data = attrs(data_act=act) | (attrs(data_of=of) if of else {})
    return html.Button(children, type="button", **data, **props)


def icon(name: str) -> html.Span:
    """An icon of the stylesheet; it says nothing to a screen reader."""
    return html.Span(className=f"icon icon-{name}", **attrs(aria_hidden="true"))


def icon_button(act: str, name: str, label: str, **props: Any) -> html.Button:
    """A button that is only an icon; its label is read out and shown as a tip."""
    class_name = f"icon-button {props.pop('className', '')}".strip()
    return action(act, icon(name), title=label, className=class_name, **attrs(aria_label=label), **props)


def swatch(tint: int) -> html.Span:
    """The mark of a category: its colour and shape."""
    colour, shape = style.look(tint)
    return html.Span(className=f"swatch colour-{colour} shape-{shape}", **attrs(aria_hidden="true"))


def stroke(kind: Kind) -> html.Span:
    """The mark of a kind of relation: its line and arrow, as on the map."""
    line, arrow = style.line_of(kind)
    return html.Span(className=f"stroke line-{line} arrow-{arrow}", **attrs(aria_hidden="true"))


def term_button(term: Brief, tint: int, on_map: bool | None = None, note: str = "") -> html.Button:
    """A term to select. Its definition is the tip; `on_map` None: no mark whether it is there."""
    tip = " — ".join(part for part in (shorten(term.definition), note) if part)
    marks: list[Any] = []
    if on_map is False:
        marks = [html.Span("off the map", className="visually-hidden"), icon("plus")]
    return action(
        "select",
        [swatch(tint), html.Span(term.name, className="term-name"), *marks],
        of=term.id,
        className="term" + ("" if term.defined else " undefined") + (" off-map" if on_map is False else ""),
        **(attrs(data_tip=tip) if tip else {}),
    )


def mention(term: str, words: str) -> html.A:
    """A link to a term in running text."""
    return html.A(words, href=f"?term={quote(term)}", className="mention", **attrs(data_act="select", data_of=term))
