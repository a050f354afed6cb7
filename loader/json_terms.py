"""Terms from lines of JSON, quickly: a line that is as it should be needs no nodes with places.

What is odd in any way is left to the reader that tells what is wrong and where.
"""

import json
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, NamedTuple, overload

import orjson

from loader.entries import MAIN, MENTION
from loader.heads import Heads
from loader.model import Position, Terms, WrittenRelation, WrittenTerm, WrittenText, one_line, tidy

TEXTS = frozenset(("name", "id", "definition", "explanation", "category", "role"))
RELATION = frozenset(("to", "kind", "note"))
DECODER = json.JSONDecoder()
MOST_KEPT = 4_000_000
MOST_IN_MEMORY = 16_000_000
APART = re.compile(rb'"[ \t\r]+:')  # a colon that does not follow its key at once
UNUSUAL = re.compile(rb"[\x7f\\]")  # what may stand for a control character
Clean = Callable[[object], str]


class Line(NamedTuple):
    """A line of a file: its number, and its bytes in UTF-8."""

    file: str
    number: int
    raw: bytes


class Spot(NamedTuple):
    """An item of a list in a line; its column is looked up only when somebody wants to know."""

    where: Line
    key: str
    item: int

    @property
    def line(self) -> int:
        return self.where.number

    def exact(self) -> Position:
        text = self.where.raw.decode()
        at = _after(text, f'"{self.key}":')
        for _ in range(self.item):
            at = _skip(text, DECODER.raw_decode(text, _skip(text, at + 1))[1])
        at = _skip(text, at + 1)
        if text[at] == "{":
            at = _after(text, '"to":', at)
        return Position(self.where.file, self.line, at + 1)


def _after(text: str, key: str, start: int = 0) -> int:
    """Where the value of a key begins; in a plain line no text looks like a key."""
    return _skip(text, text.index(key, start) + len(key))


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r":
        at += 1
    return at


class OddLineError(Exception):
    """A line wants a closer look."""


def plain_term(line: Line) -> WrittenTerm:
    """The term of a line. Raises OddLineError when there is anything unusual about it, right or wrong."""
    raw = line.raw
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise OddLineError from error
    if type(found) is not dict or b"\\u0000" in raw:
        raise OddLineError
    keys = len(found)
    aliases, formerly, related = found.pop("aliases", ()), found.pop("formerly", ()), found.pop("related", ())
    keys += sum(len(item) for item in related if type(item) is dict)
    # A key that stands twice, or what looks like one within a text, makes the counts differ.
    if raw.count(b'":') != keys or APART.search(raw) or not TEXTS.issuperset(found):
        raise OddLineError
    tidied, on_one_line = (_stripped, _folded) if raw.isascii() and not UNUSUAL.search(raw) else (_tidy, _one_line)
    texts = {key: tidied(value) for key, value in found.items()}
    if (role := texts.get("role", MAIN)) not in (MAIN, MENTION):
        raise OddLineError
    return WrittenTerm(
        name=on_one_line(texts.get("name", "")),
        definition=texts.get("definition", ""),
        position=Position(line.file, line.number, len(raw) - len(raw.lstrip()) + 1),
        id=texts.get("id", ""),
        explanation=texts.get("explanation", ""),
        category=on_one_line(texts.get("category", "")),
        aliases=tuple(_texts(aliases, line, "aliases", on_one_line)) if aliases != () else (),
        relations=tuple(_relations(related, line, tidied, on_one_line)) if related != () else (),
        formerly=tuple(_texts(formerly, line, "formerly", on_one_line)) if formerly != () else (),
        role=role,
    )


def _texts(items: object, line: Line, key: str, on_one_line: Clean) -> Iterator[WrittenText]:
    if type(items) is not list:
        raise OddLineError
    for index, item in enumerate(items):
        if not (text := on_one_line(item)):
            raise OddLineError
        yield WrittenText(text, Spot(line, key, index))


def _relations(items: object, line: Line, tidied: Clean, on_one_line: Clean) -> Iterator[WrittenRelation]:
    if type(items) is not list:
        raise OddLineError
    for index, item in enumerate(items):
        to, kind, note = item, "", ""
        if type(item) is dict:
            if not RELATION.issuperset(item):
                raise OddLineError
            to, kind, note = item.get("to"), tidied(item.get("kind", "")), tidied(item.get("note", ""))
        if not (to := on_one_line(to)):
            raise OddLineError
        yield WrittenRelation(to, kind or "related", note, Spot(line, "related", index))


def _stripped(value: object) -> str:
    """`tidy` for a text of ASCII without control characters."""
    if type(value) is not str:
        raise OddLineError
    return value.strip()


def _folded(value: object) -> str:
    """`one_line` for a text of ASCII without control characters."""
    if type(value) is not str:
        raise OddLineError
    return " ".join(value.split())


def _tidy(value: object) -> str:
    if type(value) is not str:
        raise OddLineError
    return tidy(value)


def _one_line(value: object) -> str:
    if type(value) is not str:
        raise OddLineError
    return one_line(value)


class LineTerms(Terms):
    """The terms of a text: those of a long one are read from its lines each time they are asked for, others are kept.

    `odd` reads a line that is not plain.
    """

    def __init__(self, text: bytes, file: str, odd: Callable[[Line], WrittenTerm | None]) -> None:
        self.file, self.odd = file, odd
        # A long text would only take memory: the author's file may change meanwhile, so a copy of it is read.
        self._text = BytesIO(text) if len(text) <= MOST_IN_MEMORY else _copied(text)
        self.heads = Heads()
        self._starts, self._ends = array("Q"), array("Q")
        self._kept: list[WrittenTerm] | None = [] if len(text) <= MOST_KEPT else None

    def add(self, line: Line, start: int, term: WrittenTerm) -> None:
        """The next term, of the line that starts there."""
        self.heads.add(term)
        self._starts.append(start)
        self._ends.append(start + len(line.raw))
        if self._kept is not None:
            self._kept.append(term)

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> WrittenTerm: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[WrittenTerm]: ...

    def __getitem__(self, index: int | slice) -> WrittenTerm | Sequence[WrittenTerm]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if self._kept is not None:
            return self._kept[index]
        self._text.seek(self._starts[index])
        line = Line(self.file, self.heads.lines[index], self._text.read(self._ends[index] - self._starts[index]))
        try:
            return plain_term(line)
        except OddLineError:
            term = self.odd(line)
        if term is None:
            raise IndexError(index)
        return term


def _copied(text: bytes) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - it lives as long as the terms
    file.write(text)
    return file
