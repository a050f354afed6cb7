"""The result of a query as a plain table. Pure."""

import json
from typing import Any

from dash import html

from explorer import messages
from graph.asking import QueryResult

LONGEST_CELL = 400


def table(result: QueryResult) -> list[Any]:
    """Rows and time in a sentence, then the rows."""
    sentence = {0: messages.NO_ROWS, 1: messages.ONE_ROW}.get(len(result.rows), messages.ROWS)
    text = sentence.format(rows=len(result.rows), seconds=result.seconds)
    if result.truncated:
        text += " " + messages.ROWS_CUT.format(rows=len(result.rows))
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in result.columns]))
    body = html.Tbody([html.Tr([html.Td(cell(value)) for value in row]) for row in result.rows])
    return [html.P(text, className="quiet"), html.Table([head, body], className="rows")]


def refusal(sentence: str) -> list[Any]:
    """Why there is no result."""
    return [html.P(sentence, className="refusal", role="alert")]


def cell(value: Any) -> str:
    """A value as text, short enough for a cell."""
    if value is None:
        return "null"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
