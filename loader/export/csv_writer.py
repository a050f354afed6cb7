"""Writes a set as a table: a row a term, a column for each kind of relation that it uses."""

import csv
import io
from collections import Counter
from typing import Any

from loader.csv_columns import KEYS, KINDS
from loader.entries import MENTION
from loader.export.model import Exported, Text, counted
from loader.export.plain import plain_header, plain_terms

ALWAYS = ("name", "definition")
NOTE, MARK = "note", "mention role"


def write_csv(exported: Exported) -> Text:
    """The one set of the export."""
    (one,) = exported.sets
    dropped: Counter[str] = Counter()
    rows = [_row(term, dropped) for term in plain_terms(one, exported.elsewhere)]
    keys = [key for key in KEYS if key in ALWAYS or any(row.get(key) for row in rows)]
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(keys)
    table.writerows([_cell(row.get(key, "")) for key in keys] for row in rows)
    header = [key for key in plain_header(one) if key not in ("set", "definitions")]
    told = [f"the set's {', '.join(header)}"] if header else []
    told += [counted(number, what) for what, number in sorted(dropped.items()) if number]
    return Text(buffer.getvalue(), (*exported.dropped, *told))


def _row(term: dict[str, Any], dropped: Counter[str]) -> dict[str, Any]:
    """The term with its relations by kind; what a table has no place for is counted."""
    row = {key: value for key, value in term.items() if key not in ("related", "role")}
    for relation in term.get("related", ()):
        to, kind, note = _parts(relation)
        if kind in KINDS:
            row.setdefault(kind, []).append(to)
            dropped[NOTE] += bool(note)
        else:
            dropped[f"{kind} relation"] += 1
    dropped[MARK] += term.get("role") == MENTION
    return row


def _parts(relation: Any) -> tuple[str, str, str]:
    if isinstance(relation, str):
        return relation, "related", ""
    return relation["to"], relation["kind"], relation.get("note", "")


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else "; ".join(map(_item, value))


def _item(text: str) -> str:
    """An item of a list; quotes keep what would part it or be read otherwise."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(char in text for char in ';"\\') else text
