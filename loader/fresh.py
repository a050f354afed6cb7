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
    """What the fresh terms say of others: ids that the set does not define, and former ids."""

    ids: frozenset[str]
    outside: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)


def survey(plan: SetPlan, present: Collection[str]) -> Survey:
    """The terms that the plan adds and that are not among the present ones, and what they say of others."""
    found = Survey(frozenset(key for key in plan.added if key not in present))
    for key in found.ids:
        body = plan.entries[key].body
        found.outside.update(row["to"] for row in body.get("relations", ()) if row["to"] not in plan.entries)
        found.former.update(body.get("former", ()))
    return found


def bearing(plan: SetPlan, fresh: Survey, others: Collection[str], former: Collection[str]) -> Iterator[Said]:
    """What the fresh terms say that matters to others: of these terms, or of these former ids."""
    if not others and not former:
        return
    for key in sorted(fresh.ids):
        entry = plan.entries[key]
        named = any(row["to"] in others for row in entry.body.get("relations", ()))
        if named or key in former or entry.body.get("former"):
            yield Said(plan.header.id, plan.header.priority, entry)


def term_rows(plan: SetPlan, fresh: Survey) -> Iterator[Row]:
    """A row for each fresh term: its properties, and the entry that makes them."""
    for key in sorted(fresh.ids):
        entry = plan.entries[key]
        properties = term_properties([Said(plan.header.id, plan.header.priority, entry)])
        kept = {"entry": plan.entries.json(key), "role": entry.role, "checksum": plan.entries.checksum(key)}
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
        """A row for each relation; `said_twice` are the hashes of those that both terms may say."""
        for term_id, key, note in self._said():
            if hash(key) in said_twice:
                other = key[2] if key[0] == term_id else key[0]
                again = [row for row in self._rows_of(other) if self._key(other, row) == key]
                if again and other < term_id:
                    continue
                notes = [(term_id, note), *((other, row.get("note")) for row in again)]
                ranked = sorted(notes, key=lambda pair: (self.plan.entries.role(pair[0]) != MAIN, pair[0]))
                note = next((text for _, text in ranked if text), None)
            yield {"start": key[0], "kind": key[1], "end": key[2], "note": note, "sets": [self.plan.header.id]}

    def hashes(self) -> "array[int]":
        """A number for each relation that a fresh term says; equal ones are said from both sides, but for accidents."""
        return array("q", (hash(key) for _, key, _ in self._said()))

    def _said(self) -> Iterator[tuple[str, RelationKey, str | None]]:
        for term_id in sorted(self.fresh.ids):
            for row in self._rows_of(term_id):
                if row["to"] not in self.others:
                    yield term_id, self._key(term_id, row), row.get("note")

    def _rows_of(self, term_id: str) -> Sequence[Row]:
        if term_id not in self.fresh.ids:
            return ()
        rows: Sequence[Row] = self.plan.entries[term_id].body.get("relations", ())
        return rows

    def _key(self, term_id: str, row: Row) -> RelationKey:
        return relation_key(term_id, row, self.kinds)


def repeated(numbers: Iterable[int]) -> frozenset[int]:
    """Those that come more than once."""
    return frozenset(one for one, other in pairwise(sorted(numbers)) if one == other)
