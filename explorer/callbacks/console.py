"""The Cypher console: runs what the reader wrote, read-only, and shows rows or the reason why not."""

from typing import Any

from dash import Dash, Input, Output, State

from explorer import ids
from explorer.drawn import component
from explorer.results import refusal, table
from graph.connection import Graph
from graph.errors import GraphError


def register(app: Dash, graph: Graph) -> None:
    """Add the callback of the console."""

    @app.callback(
        Output(ids.CONSOLE_RESULT, "children"),
        Input(ids.CONSOLE_RUN, "n_clicks"),
        State(ids.CONSOLE_TEXT, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.CONSOLE_RUN, "disabled"), True, False)],
    )
    def run(_clicks: int, text: str | None) -> Any:
        try:
            made = table(graph.query(text or ""))
        except GraphError as error:
            made = refusal(str(error))
        return component(made)
