"""What is exported, as plain data: sets as the graph keeps them, and what the writers make of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.kinds import BUILT_IN, Kind
from loader.entries import Entry
from loader.model import Header, ResolvedSet
from loader.resolve import Names


class ExportError(Exception):
    """Nothing can be exported, for the reason that the sentence tells."""


@dataclass(frozen=True)
class Rank:
    """How a term stands in the whole graph."""

    importance: float | None
    community: int | None


@dataclass(frozen=True)
class Exported:
    """Sets to write. `elsewhere` finds terms of the other sets by name; it is asked only when a set's own do not do."""

    sets: tuple[ResolvedSet, ...]
    elsewhere: Callable[[], Names] = Names
    ranks: Mapping[str, Rank] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()

    def alone(self, one: ResolvedSet) -> "Exported":
        """The same with one set."""
        return Exported((one,), self.elsewhere, self.ranks, self.dropped)


@dataclass(frozen=True)
class Text:
    """What goes into a file, and what the format had no place for."""

    text: str
    dropped: tuple[str, ...] = ()


def kinds_of(header: Header) -> dict[str, Kind]:
    """The kinds that a set may use."""
    return {**BUILT_IN, **{kind.id: kind for kind in header.kinds}}


def sorted_entries(one: ResolvedSet) -> list[Entry]:
    """The entries by id: the graph keeps no order of its own."""
    return [one.entries[key] for key in sorted(one.entries)]


def counted(number: int, one: str, many: str = "") -> str:
    """What is dropped and how often: "1 note", "12 notes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
