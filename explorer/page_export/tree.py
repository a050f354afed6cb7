"""Text with its structure as plain lists, for a page that draws it with DOM calls. Pure.

`markdown.py` decides what may be shown; this takes its components apart: a text is itself, an element is
[tag, children] or [tag, children, address], a mention of a term is [number of the term, its words], an element of a
formula is [tag, children, attributes].
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from explorer.mathml import Math


@dataclass(frozen=True)
class Mention:
    """A link to a term, by its number on the page."""

    term: int
    words: str


def plain(components: Iterable[Any]) -> list[Any]:
    """Components as lists."""
    return [_one(component) for component in components]


def _one(component: Any) -> Any:
    if isinstance(component, str):
        return component
    if isinstance(component, Mention):
        return [component.term, component.words]
    if isinstance(component, Math):
        return [component.tag, plain(component.contents), component.attributes]
    parts = component.to_plotly_json()
    children = parts["props"].get("children")
    inside = plain(children if isinstance(children, list) else [] if children is None else [children])
    href = parts["props"].get("href")
    return [parts["type"].lower(), inside, *([href] if href else [])]
