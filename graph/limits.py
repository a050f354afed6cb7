"""What an answer may hold at most, and an answer within that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph import values

ROWS = 1000
BYTES = 10_000_000
CELL_BYTES = 100_000


@dataclass(frozen=True)
class Limits:
    """What a query may give at most: rows, bytes of all rows, bytes of one cell, and seconds (None: the setting's)."""

    rows: int = ROWS
    bytes: int = BYTES
    cell_bytes: int = CELL_BYTES
    seconds: float | None = None


@dataclass(frozen=True)
class Cut:
    """A limit that was reached: which, how much it is, and how many rows or cells are there or concerned."""

    what: Literal["rows", "bytes", "cells"]
    limit: int
    count: int

    @property
    def sentence(self) -> str:
        """What the person who asked is told."""
        if self.what == "rows":
            return f"The first {self.limit:,} rows; there are more."
        if self.what == "bytes":
            return f"The first {self.count:,} rows, for all together may hold {self.limit:,} bytes; there are more."
        cells = "One cell holds" if self.count == 1 else f"{self.count:,} cells hold"
        return f"{cells} more than {self.limit:,} bytes, the rest of it is left out (…)."


@dataclass(frozen=True)
class QueryResult:
    """What a person's query gave: plain values (see `graph.values`), within its limits; `cuts` are those it reached.

    `truncated` when there were more rows, `seconds` that it took after `waited` seconds for its turn.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    seconds: float
    cuts: tuple[Cut, ...] = ()
    waited: float = 0.0


class Found:
    """The rows so far, within the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows: list[tuple[Any, ...]] = []
        self.more = False
        self._bytes = 0
        self._cells = 0

    def add(self, row: Sequence[Any]) -> bool:
        """Take one more row; false when there is no room for it."""
        if len(self.rows) >= self.limits.rows:
            self.more = True
            return False
        cells = [values.fitted(values.plain(value), self.limits.cell_bytes) for value in row]
        size = sum(taken for _, taken, _ in cells)
        if self.rows and self._bytes + size > self.limits.bytes:
            self.more = True
            return False
        self._bytes += size
        self._cells += sum(cut for *_, cut in cells)
        self.rows.append(tuple(value for value, *_ in cells))
        return True

    def cuts(self) -> tuple[Cut, ...]:
        """The limits that were reached."""
        found: list[Cut] = []
        if self.more and len(self.rows) >= self.limits.rows:
            found.append(Cut("rows", self.limits.rows, len(self.rows)))
        elif self.more:
            found.append(Cut("bytes", self.limits.bytes, len(self.rows)))
        if self._cells:
            found.append(Cut("cells", self.limits.cell_bytes, self._cells))
        return tuple(found)
