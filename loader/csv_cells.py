"""A table of delimited text as rows of cells, each with its place, which Python's csv module does not tell.

Quoting is that of RFC 4180; what is no such quoting is refused, where csv would guess.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from loader.model import Position, Problem

DELIMITERS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r"sep=(?P<delimiter>[^\r\n])(?=[\r\n])")
LINE_END = re.compile(r"\r\n|\n|\r")
ITEM = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*|(?P<plain>(?:\\;|[^;\r\n])*))(?:[;\r\n]|\Z)')


class Cell(NamedTuple):
    """The text of a field, and the place of its first character."""

    text: str
    position: Position


class BrokenQuotes(Exception):
    """The quoting does not say where a field ends."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def rows(text: str, file: str, delimiter: str) -> Iterator[list[Cell]]:
    """Every row with something in it. Raises BrokenQuotes."""
    field = re.compile(rf' *(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)" *|(?P<plain>(?!")[^{re.escape(delimiter)}\r\n]*))')
    at, line, line_start = 0, 1, 0
    cells: list[Cell] = []
    while True:
        match = field.match(text, at)
        if match is None:
            place = Position(file, line, text.index('"', at) - line_start + 1)
            raise BrokenQuotes(Problem(place, "syntax", "This quote is never closed: add the other one."))
        quoted, begin = match["quoted"], match.start("plain") if match["quoted"] is None else match.start("quoted") - 1
        content = match["plain"] if quoted is None else quoted.replace('""', '"')
        cells.append(Cell(content, Position(file, line, begin - line_start + 1)))
        at = match.end()
        for one in LINE_END.finditer(text, begin, at) if quoted is not None else ():
            line, line_start = line + 1, one.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        end = LINE_END.match(text, at)
        if end is None and at < len(text):
            raise BrokenQuotes(_after_quote(text[at], Position(file, line, at - line_start + 1)))
        if any(cell.text.strip() for cell in cells):
            yield cells
        if end is None:
            return
        cells, at, line, line_start = [], end.end(), line + 1, end.end()


def items(text: str) -> Iterator[str]:
    r"""The items of a list in one cell: parted by `;` or a new line, `\;` or quotes around an item keep one inside."""
    at = 0
    while at < len(text) and (match := ITEM.match(text, at)):
        plain = match["plain"]
        item = match["quoted"].replace('""', '"') if plain is None else plain.replace("\\;", ";")
        if item.strip():
            yield item
        at = match.end()


def _after_quote(char: str, place: Position) -> Problem:
    message = f"After the closing quote stands {char!r}: write a quote inside a quoted text twice."
    return Problem(place, "syntax", message)
