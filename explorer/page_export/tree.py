"""Text with its structure as plain lists, for a page that draws it with DOM calls. Pure.

`markdown.py` decides what may be shown; this takes its elements apart: a text is itself, an element is
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


def plain(elements: Iterable[Any]) -> list[Any]:
    """Elements as lists."""
    return [_one(element) for element in elements]


def _one(element: Any) -> Any:
    if isinstance(element, str):
        return element
    if isinstance(element, Mention):
        return [element.term, element.words]
    if isinstance(element, Math):
        return [element.tag, plain(element.contents), element.attributes]
    children = element.children
    inside = plain(children if isinstance(children, list) else [] if children is None else [children])
    href = element.given.get("href")
    return [element.tag, inside, *([href] if href else [])]
