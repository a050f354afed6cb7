"""Writes a set as JSON Lines: the header, then an object a term."""

import json

from loader.export.model import Exported, Text
from loader.export.plain import plain_header, plain_terms


def write_jsonl(exported: Exported) -> Text:
    """The one set of the export."""
    (one,) = exported.sets
    rows = (plain_header(one), *plain_terms(one, exported.elsewhere))
    return Text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), exported.dropped)
