"""What sets say of their terms, ready for the graph: each entry as canonical JSON with a checksum.

A large set's entries stand in a temporary file, so that a load needs memory for their ids and checksums alone.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from loader.spool import Spool

FORMAT = 1
MAIN, MENTION = "main", "mention"


@dataclass(frozen=True, slots=True)
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
        return _checksum(self.role, self.json.encode()).hex()


class Entries(Mapping[str, Entry]):
    """Entries by id, in the order in which they were put; each is read from the file when it is asked for.

    `relations` is the number of relations in all that were put.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._rows: dict[str, int] = {}
        self._ends = array("Q", [0])
        self._mentions: set[int] = set()
        self.relations = 0
        self._checksums = bytearray()
        self._texts = Spool()
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry) -> None:
        """Add an entry, the last in order; one of the same id is replaced."""
        text = _canonical(entry.body)
        self.relations += len(entry.body.get("relations", ()))
        row = self._rows[entry.id] = len(self._ends) - 1
        if entry.role == MENTION:
            self._mentions.add(row)
        self._checksums += _checksum(entry.role, text)
        self._texts.put(text)
        self._ends.append(self._texts.size)

    def place(self, key: str) -> int:
        """How many entries were put before this one."""
        return self._rows[key]

    def checksum(self, key: str) -> str:
        """The checksum of `self[key]`."""
        row = self._rows[key]
        return self._checksums[32 * row : 32 * row + 32].hex()

    def json(self, key: str) -> str:
        """The body of `self[key]` as the graph keeps it."""
        return self._text(self._rows[key]).decode()

    def body(self, key: str) -> dict[str, Any]:
        """The body of `self[key]`."""
        body: dict[str, Any] = orjson.loads(self._text(self._rows[key]))
        return body

    def role(self, key: str) -> str:
        """The role of `self[key]`."""
        return MENTION if self._rows[key] in self._mentions else MAIN

    def __getitem__(self, key: str) -> Entry:
        return Entry(key, self.role(key), self.body(key))

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _text(self, row: int) -> bytes:
        return self._texts.read(self._ends[row], self._ends[row + 1])


def canonical(value: object) -> str:
    """JSON that is the same for the same content: sorted keys, no spaces, every letter itself."""
    return _canonical(value).decode()


def _canonical(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _checksum(role: str, text: bytes) -> bytes:
    return hashlib.sha256(b"%d\n%s\n%s" % (FORMAT, role.encode(), text)).digest()
