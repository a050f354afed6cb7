"""The colours of the map follow the theme of the page."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State

from explorer import ids


def register(app: Any) -> None:
    """Add the callback that `assets/map.js` answers. (`app` is Any: Dash has no types for these.)"""
    app.clientside_callback(
        ClientsideFunction("conceptmap", "stylesheet"),
        Output(ids.MAP, "stylesheet"),
        Input(ids.THEME, "data"),
        State(ids.STYLES, "data"),
    )
