"""The text twin: made while it is open, and again with every change of the map."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from explorer import ids
from explorer.drawn import drawable
from explorer.screen import Screens
from explorer.trails import told
from explorer.twin import twin


def register(app: Dash, screens: Screens) -> None:
    """Add the callback of the text twin."""

    _register_clientside(app)

    @app.callback(Output(ids.TWIN_TOLD, "data"), Input(ids.TWIN_WANTED, "data"), prevent_initial_call=True)
    def tell(search: str | None) -> list[Any]:
        if search is None:
            return []
        scene, library, view = screens.shown(search)
        return drawable([*told(scene.trail, library), *twin(scene, library, view)])


def _register_clientside(app: Any) -> None:
    """While it is closed the server is not asked. (`app` is Any: Dash has no types for these.)"""
    app.clientside_callback(
        ClientsideFunction("conceptmap", "twinWanted"),
        Output(ids.TWIN_WANTED, "data"),
        Input(ids.TWIN_OPEN, "data"),
        Input(ids.SCENE_KEY, "data"),
        Input(ids.URL, "search"),
        prevent_initial_call=True,
    )
