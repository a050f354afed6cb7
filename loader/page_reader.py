"""Reads a glossary page: plain text with a headline, a definition, paragraphs and "Related Terms".

Its headline is the set's main term; the pairs of a name and a definition below "Related Terms" are
mentions, related to it. A mention gives way to a set that defines the same term at length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loader.decoding import nul_problem
from loader.entries import MAIN, MENTION
from loader.model import (
    Header,
    Position,
    Problem,
    WrittenRelation,
    WrittenSet,
    WrittenTerm,
    WrittenText,
    one_line,
    tidy,
)
from loader.slug import slug

RELATED = re.compile(r"^#*\s*related\s+terms\s*:?\s*$", re.IGNORECASE)
HEADLINE_MARK = re.compile(r"^#+\s+")
NAME_AND_ALIAS = re.compile(r"^(?P<name>[^()]*[^()\s])\s+\((?P<alias>[^()]+)\)$")


@dataclass(frozen=True)
class Line:
    """A line of the page that is not blank: its number, its text, and the same with the space before it."""

    number: int
    text: str
    written: str


def has_related_terms(text: str) -> bool:
    """Whether a text has the line that a glossary page is known by."""
    return any(RELATED.match(line.strip()) for line in text.splitlines())


def read_page(text: str, file: str, stem: str) -> tuple[WrittenSet | None, list[Problem]]:
    """The set of a glossary page, and what is wrong with it. `stem` is the set's id."""
    if nul := nul_problem(text, file):
        return None, [nul]
    blocks = list(_blocks(text))
    if not blocks:
        message = "The page is empty: it needs a headline, a definition and paragraphs."
        return None, [Problem(Position(file), "no-terms", message)]
    lines = [line for block in blocks for line in block]
    start = next((line.number for line in lines if RELATED.match(line.text)), None)
    body = [[line for line in block if start is None or line.number < start] for block in blocks]
    below = [[line for line in block if start is not None and line.number > start] for block in blocks]
    mentions = [_mention(file, name, definition) for name, definition in _pairs([block for block in below if block])]
    main = _main(file, [block for block in body if block], mentions)
    if main is None:
        message = "The page begins with “Related Terms”: put a headline and a definition before it."
        return None, [Problem(Position(file), "missing-name", message)]
    header = Header(id=slug(stem) or slug(main.name), title=main.name)
    return WrittenSet(header, (main, *mentions), Position(file)), []


def _main(file: str, blocks: list[list[Line]], mentions: list[WrittenTerm]) -> WrittenTerm | None:
    if not blocks:
        return None
    headline, *rest = blocks[0]
    paragraphs = ([rest] if rest else []) + blocks[1:]
    name, aliases = _name_and_aliases(headline, file)
    return WrittenTerm(
        name=name,
        definition=tidy(" ".join(line.text for line in paragraphs[0])) if paragraphs else "",
        explanation="\n\n".join(tidy("\n".join(line.written for line in block)) for block in paragraphs[1:]),
        aliases=aliases,
        relations=tuple(WrittenRelation(term.name, "related", "", term.position) for term in mentions if term.name),
        position=Position(file, headline.number),
        role=MAIN,
    )


def _mention(file: str, headline: Line, definition: str) -> WrittenTerm:
    name, aliases = _name_and_aliases(headline, file)
    return WrittenTerm(
        name=name, definition=definition, aliases=aliases, position=Position(file, headline.number), role=MENTION
    )


def _name_and_aliases(line: Line, file: str) -> tuple[str, tuple[WrittenText, ...]]:
    text = one_line(HEADLINE_MARK.sub("", line.text))
    if match := NAME_AND_ALIAS.match(text):
        return match["name"], (WrittenText(match["alias"].strip(), Position(file, line.number)),)
    return text, ()


def _pairs(blocks: list[list[Line]]) -> Iterator[tuple[Line, str]]:
    """Name and definition of each related term.

    Where blank lines part the terms, a block is a term and its definition may take several lines (a name alone
    lacks its definition); otherwise names and definitions take turns, a line each.
    """
    if len(blocks) > 1 and any(len(block) > 1 for block in blocks):
        for name, *definition in blocks:
            yield name, tidy(" ".join(line.text for line in definition))
        return
    lines = [line for block in blocks for line in block]
    for index in range(0, len(lines), 2):
        yield lines[index], tidy(lines[index + 1].text) if index + 1 < len(lines) else ""


def _blocks(text: str) -> Iterator[list[Line]]:
    block: list[Line] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            block.append(Line(number, line.strip(), line.rstrip()))
        elif block:
            yield block
            block = []
    if block:
        yield block
