"""What the browser gets of a part of the page: plain data that `assets/draw.js` draws, or Dash's components. Pure.

Dash looks after each component by itself, which for the thousands of a long list takes it seconds in the browser: so
components are only what stands from the beginning, and what holds a component that is none of `dash.html`.
"""

from typing import Any

from dash import html as dash_html

from explorer.html import Element
from explorer.mathml import Math

NAMES = {"className": "class", "tabIndex": "tabindex", "htmlFor": "for"}


def drawable(children: Any) -> list[Any]:
    """Elements and texts as lists [tag, attributes, contents]; texts stay what they are."""
    made: list[Any] = []
    _draw(children, made)
    return made


def _draw(children: Any, made: list[Any]) -> None:
    match children:
        case None:
            return
        case str():
            made.append(children)
        case Element(tag=tag, given=given, children=inner):
            told = {
                NAMES.get(key, key): value for key, value in given.items() if value is not None and value is not False
            }
            made.append([tag, told, drawable(inner)])
        case list() | tuple():
            for child in children:
                _draw(child, made)
        case Math(tag=tag, attributes=attributes, contents=inner):
            made.append([tag, attributes, drawable(inner)])
        case _:
            made.append(str(children))


def component(children: Any) -> Any:
    """Elements as components of `dash.html`, at any depth; whatever is none stays what it is."""
    if isinstance(children, list | tuple):
        return [component(child) for child in children]
    if isinstance(children, Element):
        return getattr(dash_html, type(children).__name__)(component(children.children), **children.given)
    return children
