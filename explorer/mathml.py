"""Formulas in LaTeX as trees of MathML, built from an allow-list. Pure.

Formulas come from files of anyone: of what the converter makes, only these elements, attributes and texts are taken,
and a formula that is too long, too deep or not understood is None.
"""

import logging
import re
from dataclasses import dataclass
from typing import Protocol

log = logging.getLogger(__name__)
TAGS = frozenset(
    ("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup",
     "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd", "mstyle",
     "mpadded", "mphantom", "menclose")
)  # fmt: skip
# With what each may say: no addresses, styles, classes or colours, and lengths that cannot cover the page.
WORD = re.compile(r"[a-z][a-z -]{0,40}")
LENGTH = re.compile(r"(?:-?0?\.\d{1,4}|\d{1,2}(?:\.\d{1,4})?)(?:em|ex|pt|mu|%)?")
ATTRIBUTES = {
    "accent": WORD, "columnalign": WORD, "columnlines": WORD, "display": WORD, "displaystyle": WORD, "fence": WORD,
    "form": WORD, "linethickness": LENGTH, "lspace": LENGTH, "mathvariant": WORD, "maxsize": LENGTH,
    "minsize": LENGTH, "movablelimits": WORD, "notation": WORD, "rowlines": WORD, "rspace": LENGTH,
    "scriptlevel": re.compile(r"[+-]?\d"), "separator": WORD, "stretchy": WORD, "width": LENGTH,
}  # fmt: skip
CODE_POINT = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
COMMAND = re.compile(r"\\[A-Za-z]")
LONGEST = 1_000
DEEPEST = 40


@dataclass(frozen=True)
class Math:
    """An element of MathML."""

    tag: str
    attributes: dict[str, str]
    contents: tuple["Math | str", ...]


class Element(Protocol):
    """What is used of an element as the converter makes it."""

    tag: str
    text: str | None
    attrib: dict[str, str]

    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> "Element": ...


class NotUnderstood(ValueError):
    """A formula with something in it that is not shown."""


def formula(latex: str, block: bool = False) -> Math | None:
    """The formula; None when it cannot be shown."""
    if not latex.strip() or len(latex) > LONGEST:
        return None
    from latex2mathml.converter import convert_to_element  # a quarter of a second, for who has formulas

    try:
        made = convert_to_element(latex.strip(), display="block" if block else "inline")
    except Exception:  # the converter has one for each mistake, none in common, and whatever else a text brings about
        log.debug("A formula was not understood", exc_info=True)
        return None
    try:
        return _taken(made, 0)
    except NotUnderstood:
        return None


def _taken(element: Element, depth: int) -> Math:
    if depth > DEEPEST or element.tag not in TAGS:
        raise NotUnderstood
    attributes = {
        name: value
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value)
    }
    inside = [_taken(element[at], depth + 1) for at in range(len(element))]
    return Math(element.tag, attributes, (*_text(element.text), *inside))


def _text(text: str | None) -> tuple[str, ...]:
    """The text with the converter's code points as characters; a command that it left as it was is not understood."""
    if not text:
        return ()
    if COMMAND.match(text):
        raise NotUnderstood
    return (CODE_POINT.sub(_character, text),)


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    if number > 0x10FFFF or 0xD800 <= number < 0xE000 or number == 0:
        raise NotUnderstood
    return chr(number)
