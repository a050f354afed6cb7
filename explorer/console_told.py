"""What the console is told of a query: its result, or what is wrong and where. Pure."""

import re
from typing import Any

from graph.asking import QueryResult
from graph.errors import (
    GraphError,
    LibraryWrong,
    QueryFailed,
    QueryStopped,
    QueryTimeout,
    ReadOnlyRefused,
    TooManyQueries,
)

# Of Neo4j and of ArcadeDB, which counts columns from 0.
NEO4J_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)(.*)$", re.DOTALL)
ARCADEDB_PLACE = re.compile(r"\s*\bat line (\d+)(?::|, column )(\d+)( - )?(.*)$", re.DOTALL)
NAMED = re.compile(r"(?:Variable|Unknown function|Unknown procedure|parameter\(s\):) '?(\w+)'?")
EXPECTED = re.compile(r"(expected:? (?:one of )?)(.{60,})$", re.DOTALL)
ADDED = "EXPLAIN "  # what Neo4j is asked first begins with it, and its columns count it
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
    if type(error) is not QueryFailed:
        return {"message": str(error), "place": None}, status
    message, place = placed(str(error), text)
    return {"message": message, "place": place}, status


def placed(message: str, text: str) -> tuple[str, dict[str, int] | None]:
    """A server's message about a statement without what tells the place there, and that place."""
    if found := NEO4J_PLACE.search(message):
        line, column = int(found[1]), int(found[2])
        if line == 1 and f'"{ADDED}' in found[3]:
            column = max(column - len(ADDED), 1)
        return _said(message[: found.start()], line, column), {"line": line, "column": column}
    if found := ARCADEDB_PLACE.search(message):
        line, column = int(found[1]), int(found[2]) + 1
        told = f": {found[4]}" if found[3] else ""  # else the line itself follows
        return _said(message[: found.start()] + told, line, column), {"line": line, "column": column}
    return message, _place_of_name(message, text)


def _said(message: str, line: int, column: int) -> str:
    short = EXPECTED.sub(lambda found: found[1] + _few(found[2]), message)
    return f"{short.rstrip(' .')} (line {line}, column {column})."


def _few(listed: str) -> str:
    """Of hundreds of things that might stand there the first ones."""
    items = listed.split(", ")
    return listed if len(items) < 6 else ", ".join(items[:5]) + ", …"


def _place_of_name(message: str, text: str) -> dict[str, int] | None:
    """Where the name that a message complains about is first met."""
    found = NAMED.search(message)
    met = re.search(rf"\b{re.escape(found[1])}\b", text) if found else None
    if met is None:
        return None
    before = text[: met.start()]
    return {"line": before.count("\n") + 1, "column": met.start() - before.rfind("\n")}
