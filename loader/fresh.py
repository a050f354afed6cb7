"""Terms that a load brings and the graph does not hold at all: what it will show of them follows from the plan alone.

They are derived and written in batches, straight from the entries, so that a large set never stands in memory. The
result is that of `loader.derive`, which has the rest.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from graph.kinds import Kind
from loader.derive import RelationKey, Said, relation_key, term_properties
from loader.entries import MAIN
from loader.plan import SetPlan

Row = dict[str, Any]


@dataclass
class Survey:
    """The ids of the fresh terms, in order, and what these say of others: ids that the set does not define, and former
    ids.
    """

    order: tuple[str, ...]
    outside: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)
    ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = frozenset(self.order)


def survey(plan: SetPlan, present: Collection[str]) -> Survey:
    """The terms that the plan adds and that are not among the present ones, and what they say of others."""
    found = Survey(tuple(key for key in plan.added if key not in present))
    for key in found.order:
        body = plan.entries.body(key)
        found.outside.update(row["to"] for row in body.get("relations", ()) if row["to"] not in plan.entries)
        found.former.update(body.get("former", ()))
    return found


def bearing(plan: SetPlan, fresh: Survey, others: Collection[str], former: Collection[str]) -> Iterator[Said]:
    """What the fresh terms say that matters to others: of these terms, or of these former ids."""
    if not others and not former:
        return
    for key in fresh.order:
        entry = plan.entries[key]
        named = any(row["to"] in others for row in entry.body.get("relations", ()))
        if named or key in former or entry.body.get("former"):
            yield Said(plan.header.id, plan.header.priority, entry)


def term_rows(plan: SetPlan, fresh: Survey) -> Iterator[Row]:
    """A row for each fresh term: its properties, and the entry that makes them."""
    for key in fresh.order:
        entry = plan.entries[key]
        properties = term_properties([Said(plan.header.id, plan.header.priority, entry)])
        kept = {"entry": entry.json, "role": entry.role, "checksum": plan.entries.checksum(key)}
        yield {"id": key, "properties": properties, **kept}


@dataclass(frozen=True)
class Relations:
    """The relations of fresh terms with one another and with terms that stay as they are.

    `others` are the terms that change without being fresh: relations with them are derived there.
    """

    plan: SetPlan
    fresh: Survey
    others: Collection[str]
    kinds: Mapping[str, Kind]

    def rows(self, said_twice: Collection[int]) -> Iterator[Row]:
        """A row for each relation; `said_twice` are the hashes of those that may be said more than once: by both terms,
        or by one of them in both directions, where the kind is symmetric.
        """
        done: set[RelationKey] = set()
        for key, note in self._said():
            if hash(key) in said_twice:
                if key in done:
                    continue
                done.add(key)
                note = next(filter(None, self._notes(key)), None)
            yield {"start": key[0], "kind": key[1], "end": key[2], "note": note, "sets": [self.plan.header.id]}

    def _notes(self, key: RelationKey) -> Iterator[str | None]:
        """What is noted of a relation, by the rank of who notes it."""
        ends = sorted({key[0], key[2]} & self.fresh.ids, key=lambda one: (self.plan.entries.role(one) != MAIN, one))
        for one in ends:
            yield from (row.get("note") for row in self._rows_of(one) if self._key(one, row) == key)

    def hashes(self) -> "array[int]":
        """A number for each relation that a fresh term says; equal ones are said from both sides, but for accidents."""
        return array("q", (hash(key) for key, _ in self._said()))

    def _said(self) -> Iterator[tuple[RelationKey, str | None]]:
        for term_id in self.fresh.order:
            for row in self._rows_of(term_id):
                if row["to"] not in self.others:
                    yield self._key(term_id, row), row.get("note")

    def _rows_of(self, term_id: str) -> Sequence[Row]:
        if term_id not in self.fresh.ids:
            return ()
        rows: Sequence[Row] = self.plan.entries.body(term_id).get("relations", ())
        return rows

    def _key(self, term_id: str, row: Row) -> RelationKey:
        return relation_key(term_id, row, self.kinds)


def repeated(numbers: Iterable[int]) -> list[int]:
    """Those that come more than once, each as often as it comes again."""
    return [one for one, other in pairwise(sorted(numbers)) if one == other]
