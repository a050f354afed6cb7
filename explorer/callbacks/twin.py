"""The text twin: made while it is open, and again with every change of the map."""

from typing import Any

from dash import Dash, Input, Output

from explorer import ids
from explorer.screen import Screens
from explorer.trails import told
from explorer.twin import twin


def register(app: Dash, screens: Screens) -> None:
    """Add the callback of the text twin."""

    @app.callback(
        Output(ids.TWIN_BODY, "children"),
        Input(ids.TWIN_OPEN, "data"),
        Input(ids.SCENE_KEY, "data"),
        Input(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def tell(opened: bool, _key: str, search: str | None) -> list[Any]:
        if not opened:
            return []
        scene, library, view = screens.shown(search)
        return [*told(scene.trail, library), *twin(scene, library, view)]
