"""The data of the loader, from a file as it was written to a set whose every relation names an id.

A reader makes a `WrittenSet`, each part with its place in the file; `loader.resolve` turns it into
a `ResolvedSet`, whose entries are what the graph keeps.
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from graph.kinds import Kind, to_json
from loader.seen import seen

FORMAT = 1
MAIN, MENTION = "main", "mention"


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file: where, which check found it, and a sentence with the remedy."""

    position: Position
    code: str
    message: str
    severity: str = "error"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def __str__(self) -> str:
        warning = "" if self.is_error else "warning: "
        return f"{self.position}: {self.code} {warning}{self.message}"


@dataclass(frozen=True)
class WrittenText:
    """A text with its place."""

    text: str
    position: Position


@dataclass(frozen=True)
class WrittenRelation:
    """A relation as the author wrote it: `to` is a name, an alias or an id."""

    to: str
    kind: str
    note: str
    position: Position


@dataclass(frozen=True)
class WrittenTerm:
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
    """A term set as written. `lenient`: it was made for other uses, where terms need no definition."""

    header: Header
    terms: tuple[WrittenTerm, ...]
    position: Position
    kind_positions: dict[str, Position] = field(default_factory=dict)
    lenient: bool = False


@dataclass(frozen=True)
class Entry:
    """All that a set says of one term, with resolved ids: `body` is what the graph keeps as JSON.

    Keys of the body: name, definition, explanation, category, aliases, former, relations; a key without
    content is absent. A relation is {kind, to, name, note?, inverse?}, `name` as the author wrote it.
    """

    id: str
    role: str
    body: dict[str, Any]

    @property
    def json(self) -> str:
        return canonical(self.body)

    @property
    def checksum(self) -> str:
        return digest(f"{FORMAT}\n{self.role}\n{self.json}")


@dataclass(frozen=True)
class ResolvedSet:
    """A set ready to be planned: entries by id of their term.

    `places` is where each term stands, `relation_places` where each relation does, by (term, kind, to, inverse).
    """

    header: Header
    entries: dict[str, Entry]
    position: Position
    places: dict[str, Position] = field(default_factory=dict)
    relation_places: dict[tuple[str, str, str, bool], Position] = field(default_factory=dict)

    @property
    def checksum(self) -> str:
        """Covers the header, the kinds and every entry; never the order of the file."""
        lines = [canonical(header_properties(self.header))]
        lines += [f"{key} {entry.checksum}" for key, entry in sorted(self.entries.items())]
        return digest("\n".join(lines))


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


def canonical(value: object) -> str:
    """JSON that is the same for the same content: sorted keys, no spaces, every letter itself."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def tidy(text: str) -> str:
    """A text in NFC without space at its ends."""
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """A text in NFC on one line, without characters that nobody sees, white space folded: for names and aliases."""
    return " ".join(seen(unicodedata.normalize("NFC", text)).split())
