"""The data of the loader, from a file as it was written to a set whose every relation names an id.

A reader makes a `WrittenSet`, each part with its place in the file; `loader.resolve` turns it into
a `ResolvedSet`, whose entries are what the graph keeps.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from graph.kinds import Kind, to_json
from loader.entries import MAIN, Entries, canonical
from loader.heads import Heads
from loader.seen import seen


class Place(Protocol):
    """Where something stands: a position, or what gives one when somebody wants to know the column."""

    @property
    def line(self) -> int: ...

    def exact(self) -> "Position": ...


class Position(NamedTuple):
    """A place in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def exact(self) -> "Position":
        return self

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """Something wrong in a file: where, which check found it, and a sentence with the remedy."""

    position: Position
    code: str
    message: str
    severity: str = "error"

    @classmethod
    def at(cls, place: Place, code: str, message: str, severity: str = "error") -> "Problem":
        """A problem at a place that may not be exact yet."""
        return cls(place.exact(), code, message, severity)

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def __str__(self) -> str:
        warning = "" if self.is_error else "warning: "
        return f"{self.position}: {self.code} {warning}{self.message}"


class WrittenText(NamedTuple):
    """A text with its place."""

    text: str
    position: Place


class WrittenRelation(NamedTuple):
    """A relation as the author wrote it: `to` is a name, an alias or an id."""

    to: str
    kind: str
    note: str
    position: Place


class WrittenTerm(NamedTuple):
    """A term as the author wrote it. `id` is "" where the author leaves it to the slug of the name."""

    name: str
    definition: str
    position: Position
    id: str = ""
    explanation: str = ""
    category: str = ""
    aliases: tuple[WrittenText, ...] = ()
    relations: tuple[WrittenRelation, ...] = ()
    formerly: tuple[WrittenText, ...] = ()
    role: str = MAIN


class Terms(Sequence[WrittenTerm]):
    """Terms that are not all in memory, with what must be known of all of them at once."""

    heads: Heads


@dataclass(frozen=True)
class Header:
    """What a set says of itself. `priority`: whose words a term shows first; lower wins."""

    id: str
    title: str = ""
    version: str = ""
    language: str = ""
    priority: int = 100
    source: str = ""
    license: str = ""
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class WrittenSet:
    """A term set as written. `lenient`: it was made for other uses, where terms need no definition.

    `terms` may read each term anew from the file when it is asked for.
    """

    header: Header
    terms: Sequence[WrittenTerm]
    position: Position
    kind_positions: dict[str, Position] = field(default_factory=dict)
    lenient: bool = False

    @cached_property
    def heads(self) -> Heads:
        """Names and places of all terms."""
        if isinstance(self.terms, Terms):
            return self.terms.heads
        heads = Heads()
        for term in self.terms:
            heads.add(term)
        return heads


@dataclass(frozen=True)
class ResolvedSet:
    """A set ready to be planned: entries by id of their term. `heads` tells where each term stands, in their order."""

    header: Header
    entries: Entries
    position: Position
    heads: Heads = field(default_factory=Heads)

    def place(self, key: str) -> Position:
        """Where the term of this id stands in the file."""
        row = self.entries.place(key)
        return Position(self.position.file, self.heads.lines[row], self.heads.columns[row])

    @property
    def checksum(self) -> str:
        """Covers the header, the kinds and every entry; never the order of the file."""
        digest = hashlib.sha256(canonical(header_properties(self.header)).encode())
        for key in sorted(self.entries):
            digest.update(f"\n{key} {self.entries.checksum(key)}".encode())
        return digest.hexdigest()


def header_properties(header: Header) -> dict[str, Any]:
    """The header as properties of a TermSet node (without its derived ones)."""
    return {
        "title": header.title,
        "version": header.version,
        "language": header.language,
        "priority": header.priority,
        "source": header.source,
        "license": header.license,
        "kinds": to_json(header.kinds),
    }


def tidy(text: str) -> str:
    """A text in NFC without space at its ends."""
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """A text in NFC on one line, without characters that nobody sees, white space folded: for names and aliases."""
    return " ".join(seen(unicodedata.normalize("NFC", text)).split())
