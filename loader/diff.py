"""What changes in an entry or a header, field by field: pure, for the plan that an author reads before a load."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LISTS = ("aliases", "former", "relations")
LONG = 160


@dataclass(frozen=True)
class Change:
    """A field and its values before and after; None where it is absent. Relations are sentences without a subject."""

    field: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The fields that differ, in the order of the file format."""
    order = ("name", "definition", "explanation", "category", "aliases", "relations", "former")
    keys = [*order, *sorted((set(before) | set(after)) - set(order))]
    return [
        Change(key, _plain(before.get(key)), _plain(after.get(key)))
        for key in keys
        if (before.get(key) or None) != (after.get(key) or None)
    ]


def lines(change: Change) -> Iterator[str]:
    """A change as lines with - and + before what goes and comes; long texts as the lines that differ."""
    if isinstance(change.before, list) or isinstance(change.after, list):
        old, new = change.before or [], change.after or []
        yield from (f"{change.field}: - {item}" for item in old if item not in new)
        yield from (f"{change.field}: + {item}" for item in new if item not in old)
        if sorted(old) == sorted(new):
            yield f"{change.field}: in another order"
        return
    old, new = _text(change.before), _text(change.after)
    if "\n" in old + new or max(len(old), len(new)) > LONG:
        for line in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""):
            if not line.startswith(("---", "+++", "@@")):
                yield f"{change.field}: {line[0]} {line[1:]}"
        return
    if old:
        yield f"{change.field}: - {old}"
    if new:
        yield f"{change.field}: + {new}"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_relation(item) if isinstance(item, dict) else item for item in value]
    return value or None


def _relation(row: Mapping[str, Any]) -> str:
    inverse = " (inverse)" if row.get("inverse") else ""
    note = f" ({row['note']})" if row.get("note") else ""
    return f"{row['kind']}{inverse} {row['to']}{note}"


def _text(value: Any) -> str:
    return "" if value is None else str(value)
