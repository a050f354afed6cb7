"""The terms of a set in columns, as far as names and places go: what must be known of all of them at once.

A set of a million terms fits in memory this way, where its texts would not.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from loader.slug import assign

if TYPE_CHECKING:
    from loader.model import WrittenTerm


@dataclass
class Heads:
    """Name, given id ("" for none), line and column of every term; aliases with the index of the term that has them.

    `former` are the former ids of those that have any, by index; `relations` is the number of relations of all.
    """

    names: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    owners: "array[int]" = field(default_factory=lambda: array("I"))
    lines: "array[int]" = field(default_factory=lambda: array("I"))
    columns: "array[int]" = field(default_factory=lambda: array("I"))
    former: dict[int, tuple[str, ...]] = field(default_factory=dict)
    relations: int = 0

    def add(self, term: "WrittenTerm") -> None:
        """The next term."""
        index = len(self.names)
        self.names.append(term.name)
        self.given.append(term.id)
        self.relations += len(term.relations)
        self.lines.append(term.position.line)
        self.columns.append(term.position.column)
        for alias in term.aliases:
            self.aliases.append(alias.text)
            self.owners.append(index)
        if term.formerly:
            self.former[index] = tuple(former.text for former in term.formerly)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The id of each term, in their order: as given, else from the slugs of all names."""
        taken = frozenset(filter(None, self.given))
        assigned = assign((name for name, id_ in zip(self.names, self.given, strict=True) if not id_), taken)
        return [id_ or assigned[name] for name, id_ in zip(self.names, self.given, strict=True)]

    def with_aliases(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The index of every term, with its aliases."""
        at = 0
        for index in range(len(self.names)):
            start = at
            while at < len(self.owners) and self.owners[at] == index:
                at += 1
            yield index, tuple(self.aliases[start:at])
