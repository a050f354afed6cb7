"""What a load would do to its set, and what that means for the graph: pure comparisons.

`plan_set` compares a set's entries with those the graph keeps, by checksum. `difference` compares the terms and
relations derived from all entries with those the graph shows; its rows are what gets written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from loader.derive import Derived, Former, RelationKey
from loader.entries import Entries
from loader.model import Header, ResolvedSet, header_properties

BRAKE_COUNT = 20
BRAKE_SHARE = 0.1
TERM_PROPERTIES = ("name", "key", "definition", "explanation", "category", "aliases", "aliases_text", "defined")


@dataclass(frozen=True)
class StoredSet:
    """What the graph keeps of a set: its header's properties and the checksum of each entry by term."""

    id: str
    properties: Mapping[str, Any]
    ready: bool
    entries: Mapping[str, str]


@dataclass(frozen=True)
class SetPlan:
    """The difference between a file and what the graph keeps of its set; ids are sorted.

    `again` are the terms to derive anew though their entry stays; None: those that header or kill make doubtful.
    """

    header: Header
    checksum: str
    entries: Entries
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unchanged: int
    header_changed: bool
    unfinished: bool
    again: tuple[str, ...] | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed or self.header_changed or self.unfinished)

    @property
    def size(self) -> int:
        """How many terms the set will define."""
        return len(self.entries) + len(self.kept)

    @property
    def size_before(self) -> int:
        """How many terms the set defines now."""
        return self.unchanged + len(self.changed) + len(self.removed) + len(self.kept)

    @property
    def brakes(self) -> bool:
        """Whether so much would go that a truncated file or a reused set id is likely."""
        return len(self.removed) > BRAKE_COUNT and len(self.removed) > BRAKE_SHARE * self.size_before

    @property
    def touched(self) -> tuple[str, ...]:
        """Terms to derive anew: those whose entry changes; all of the set when its header does, or after a kill."""
        changed = {*self.added, *self.changed, *self.removed}
        return tuple(sorted(changed.union(self.doubtful if self.again is None else self.again)))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Terms whose entry stays, of which the graph may show something else after a kill or with another header."""
        if not (self.header_changed or self.unfinished):
            return ()
        return tuple(sorted({*self.entries, *self.kept}.difference(self.added, self.changed)))


def plan_set(resolved: ResolvedSet, stored: StoredSet | None, keep: bool = False) -> SetPlan:
    """Compare a set with what the graph keeps of it; with `keep`, entries gone from the file stay."""
    before: Mapping[str, str] = stored.entries if stored else {}
    now = resolved.entries
    gone = tuple(sorted(key for key in before if key not in now))
    both = sorted(key for key in now if key in before)
    changed = tuple(key for key in both if now.checksum(key) != before[key])
    header = header_properties(resolved.header)
    return SetPlan(
        header=resolved.header,
        checksum=resolved.checksum,
        entries=resolved.entries,
        added=tuple(sorted(key for key in now if key not in before)),
        changed=changed,
        removed=() if keep else gone,
        kept=gone if keep else (),
        unchanged=len(both) - len(changed),
        header_changed=stored is None or any(stored.properties.get(key) != value for key, value in header.items()),
        unfinished=stored is not None and not stored.ready,
    )


@dataclass(frozen=True)
class Difference:
    """Rows to write, each list ready for `UNWIND $rows`."""

    put_terms: tuple[dict[str, Any], ...] = ()
    drop_terms: tuple[str, ...] = ()
    add_relations: tuple[dict[str, Any], ...] = ()
    change_relations: tuple[dict[str, Any], ...] = ()
    drop_relations: tuple[dict[str, Any], ...] = ()
    put_former: tuple[dict[str, Any], ...] = ()
    drop_former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What the graph shows now of the touched terms: their properties and relations, and the former ids concerned."""

    terms: Mapping[str, Mapping[str, Any]]
    relations: Mapping[RelationKey, Mapping[str, Any]]
    former: Mapping[str, Former | None]


def difference(touched: Iterable[str], derived: Derived, shown: Shown) -> Difference:
    """What must be written so that the touched terms and their relations are as derived."""
    ids = set(touched)
    wanted = {key: row for key, row in derived.relations.items() if key[0] in ids or key[2] in ids}
    terms = {term_id: row for term_id, row in derived.terms.items() if term_id in ids}
    former = {old: (before, derived.former.get(old)) for old, before in shown.former.items()}
    moved = {old: now for old, (before, now) in sorted(former.items()) if before != now}
    return Difference(
        put_terms=tuple(
            {"id": term_id, "properties": row}
            for term_id, row in sorted(terms.items())
            if not _same(row, shown.terms.get(term_id), TERM_PROPERTIES)
        ),
        drop_terms=tuple(sorted(term_id for term_id in ids if term_id in shown.terms and term_id not in terms)),
        add_relations=tuple(
            _relation_row(key, row) for key, row in sorted(wanted.items()) if key not in shown.relations
        ),
        change_relations=tuple(
            _relation_row(key, row)
            for key, row in sorted(wanted.items())
            if key in shown.relations and not _same(row, shown.relations[key], ("note", "sets"))
        ),
        drop_relations=tuple(
            {"start": key[0], "kind": key[1], "end": key[2]} for key in sorted(set(shown.relations) - set(wanted))
        ),
        put_former=tuple({"old": old, "terms": list(now.terms), "now": now.now} for old, now in moved.items() if now),
        drop_former=tuple(old for old in moved if shown.former[old] is not None),
    )


def _relation_row(key: RelationKey, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"start": key[0], "kind": key[1], "end": key[2], **row}


def _same(row: Mapping[str, Any], stored: Mapping[str, Any] | None, keys: Iterable[str]) -> bool:
    return stored is not None and all((row.get(key) or None) == (stored.get(key) or None) for key in keys)
