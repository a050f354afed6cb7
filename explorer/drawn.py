"""Parts of the page that hold too much for Dash to keep track of, as plain data that `assets/draw.js` draws. Pure.

Dash looks after each component by itself, which for the thousands of a long list takes it seconds in the browser.
"""

from typing import Any

from dash.development.base_component import Component

from explorer.mathml import Math

NAMES = {"className": "class", "tabIndex": "tabindex", "htmlFor": "for"}


def drawable(children: Any) -> list[Any]:
    """Components of `dash.html`, and texts, as lists [tag, attributes, contents]; texts stay what they are."""
    if children is None:
        return []
    if isinstance(children, list | tuple):
        return [one for child in children for one in drawable(child)]
    if isinstance(children, Math):
        return [[children.tag, children.attributes, drawable(children.contents)]]
    if not isinstance(children, Component):
        return [str(children)]
    given = children.to_plotly_json()  # type: ignore[no-untyped-call]
    properties = dict(given["props"])
    contents = drawable(properties.pop("children", None))
    given_ones = ((key, value) for key, value in properties.items() if value is not None and value is not False)
    return [[given["type"].lower(), {NAMES.get(key, key): value for key, value in given_ones}, contents]]
