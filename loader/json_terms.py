"""Terms from lines of JSON, quickly: a line that is as it should be needs no nodes with places.

What is odd in any way is left to the reader that tells what is wrong and where.
"""

import json
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, overload

import orjson

from loader.entries import MAIN, MENTION
from loader.heads import Heads
from loader.model import Position, Terms, WrittenRelation, WrittenTerm, WrittenText, one_line, tidy
from loader.spool import Spool

DECODER = json.JSONDecoder()
MOST_KEPT = 4_000_000
ESCAPED = re.compile(rb"\\u00[0-7]")  # a letter of a key, perhaps, which nobody finds in the line then
APART = re.compile(rb'"[ \t\r]+:')  # a colon that does not follow its key at once


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
    file, number, raw = line
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise OddLineError from error
    if type(found) is not dict or (b"\\u00" in raw and ESCAPED.search(raw)):
        raise OddLineError
    keys, take = len(found), found.pop
    aliases, formerly, related = take("aliases", ()), take("formerly", ()), take("related", ())
    if type(related) is list:
        keys += sum([len(item) for item in related if type(item) is dict])
    # A key that stands twice, or what looks like one within a text, makes the counts differ.
    if raw.count(b'":') != keys or (raw.count(b":") != keys and APART.search(raw)):
        raise OddLineError
    term = WrittenTerm(
        name=_one_line(take("name", "")),
        definition=_tidy(take("definition", "")),
        position=Position(file, number, len(raw) - len(raw.lstrip()) + 1),
        id=_tidy(take("id", "")),
        explanation=_tidy(take("explanation", "")),
        category=_one_line(take("category", "")),
        aliases=_texts(aliases, line, "aliases") if aliases != () else (),
        relations=_relations(related, line) if related != () else (),
        formerly=_texts(formerly, line, "formerly") if formerly != () else (),
        role=take("role", MAIN),
    )
    if found or term.role not in (MAIN, MENTION):
        raise OddLineError
    return term


def _texts(items: object, line: Line, key: str) -> tuple[WrittenText, ...]:
    if type(items) is not list:
        raise OddLineError
    return tuple([WrittenText(_name(item), Spot(line, key, index)) for index, item in enumerate(items)])


def _relations(items: object, line: Line) -> tuple[WrittenRelation, ...]:
    if type(items) is not list:
        raise OddLineError
    return tuple([_relation(item, Spot(line, "related", index)) for index, item in enumerate(items)])


def _relation(item: object, place: Spot) -> WrittenRelation:
    to, kind, note = item, "", ""
    if type(item) is dict:
        to, kind, note = item.pop("to", None), _tidy(item.pop("kind", "")), _tidy(item.pop("note", ""))
        if item:
            raise OddLineError
    return WrittenRelation(_name(to), kind or "related", note, place)


def _name(value: object) -> str:
    if not (name := _one_line(value)):
        raise OddLineError
    return name


def _tidy(value: object) -> str:
    if type(value) is not str:
        raise OddLineError
    return value.strip() if value.isascii() else tidy(value)


def _one_line(value: object) -> str:
    if type(value) is not str:
        raise OddLineError
    return " ".join(value.split()) if value.isascii() and value.isprintable() else one_line(value)


class LineTerms(Terms):
    """The terms of a text: those of a long one are read from its lines each time they are asked for, others are kept.

    `odd` reads a line that is not plain.
    """

    def __init__(self, text: bytes, file: str, odd: Callable[[Line], WrittenTerm | None]) -> None:
        self.file, self.odd = file, odd
        # A long text would only take memory: the author's file may change meanwhile, so a copy of it is read.
        self._text = Spool(text)
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
            return [self._term(number) for number in range(*index.indices(len(self)))]
        return self._term(index)

    def __iter__(self) -> Iterator[WrittenTerm]:
        return map(self._term, range(len(self)))

    def _term(self, index: int) -> WrittenTerm:
        if self._kept is not None:
            return self._kept[index]
        raw = self._text.read(self._starts[index], self._ends[index])
        line = Line(self.file, self.heads.lines[index], raw)
        try:
            return plain_term(line)
        except OddLineError:
            term = self.odd(line)
        if term is None:
            raise IndexError(index)
        return term
