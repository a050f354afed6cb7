"""What the console is told of a query: its result, or what is wrong and where. Pure."""

import re
from typing import Any

from graph.errors import (
    GraphError,
    LibraryWrong,
    QueryFailed,
    QueryStopped,
    QueryTimeout,
    ReadOnlyRefused,
    TooManyQueries,
)
from graph.limits import QueryResult

NAMED = re.compile(r"(?:Variable|Unknown function|Unknown procedure|parameter\(s\):) '?(\w+)'?")
STATUS: tuple[tuple[type[GraphError], int], ...] = (
    (ReadOnlyRefused, 422),
    (LibraryWrong, 422),
    (QueryFailed, 422),
    (QueryStopped, 409),
    (QueryTimeout, 504),
    (TooManyQueries, 429),
)
AWAY = 503


def result(found: QueryResult) -> dict[str, Any]:
    """Columns, rows of plain values (`graph.values`), seconds, and a sentence for each limit that was reached."""
    return {
        "columns": found.columns,
        "rows": found.rows,
        "seconds": found.seconds,
        "waited": found.waited,
        "limits": [cut.sentence for cut in found.cuts],
    }


def wrong(error: GraphError, text: str) -> tuple[dict[str, Any], int]:
    """The sentence, the place in the statement, {"line", "column"} from 1 or None, and the status of the answer."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), AWAY)
    message, place = str(error), None
    if isinstance(error, QueryFailed):
        place = error.place or _place_of_name(message, text)
        message, place = _within(message, place, text)
    return {"message": message, "place": place and {"line": place[0], "column": place[1]}}, status


def _within(message: str, place: tuple[int, int] | None, text: str) -> tuple[str, tuple[int, int] | None]:
    """Behind the statement stands its mark, and a server that misses something at the end points there."""
    lines = text.split("\n")
    if place is None or place[0] <= len(lines):
        return message, place
    told = f" at line {place[0]}, column {place[1]}"
    return message.replace(told, " at its end"), (len(lines), len(lines[-1]) + 1)


def _place_of_name(message: str, text: str) -> tuple[int, int] | None:
    """Where the name that a message complains about is first met."""
    found = NAMED.search(message)
    met = re.search(rf"\b{re.escape(found[1])}\b", text) if found else None
    if met is None:
        return None
    before = text[: met.start()]
    return before.count("\n") + 1, met.start() - before.rfind("\n")
