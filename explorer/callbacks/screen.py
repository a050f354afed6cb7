"""From the address to the page: the one reader of the URL. Nothing here writes it (`assets/actions.js` does)."""

from collections.abc import Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from explorer import ids
from explorer.drawn import drawable
from explorer.screen import Screens, failed
from graph.errors import GraphError


def register(app: Dash, screens: Screens) -> None:
    """Add the callbacks of the map, the panel and what lies over the map."""

    @app.callback(
        Output(ids.TOLD, "data"),
        Output(ids.SCENE_KEY, "data"),
        Output(ids.NOTICE, "hidden"),
        Input(ids.URL, "search"),
        Input(ids.REFRESH, "data"),
        State(ids.SCENE_KEY, "data"),
    )
    def show(search: str | None, _refreshed: int, shown_key: str | None) -> tuple[Any, ...]:
        first = shown_key is None
        try:
            made = screens.screen(search, shown_key, look=first or ctx.triggered_id == ids.REFRESH)
        except GraphError as error:
            if not first:
                raise
            return told(None, failed(error)), None, True
        key = no_update if made.scene is None else made.key
        return told(made.scene, made.panel, made.toolbar, made.legend, made.title), key, True

    _register_clientside(app)


def told(
    scene: dict[str, Any] | None,
    panel: list[Any],
    toolbar: Sequence[Any] = (),
    legend: Sequence[Any] = (),
    title: str = "",
) -> dict[str, Any]:
    """What `assets/map.js` draws: the map, and the parts of the page that stand beside it. The scene None leaves the
    map as it is, the title "" the page's.
    """
    parts = {ids.TOOLBAR: toolbar, ids.FILTERS: legend, ids.PANEL_BODY: panel}
    drawn = {place: drawable(list(part)) for place, part in parts.items()}
    return {"scene": scene, "title": title, "parts": drawn}


def _register_clientside(app: Any) -> None:
    """The callbacks that `assets/map.js` answers. (`app` is Any: Dash has no types for these.)"""
    app.clientside_callback(ClientsideFunction("conceptmap", "attend"), Input(ids.URL, "search"))
    app.clientside_callback(ClientsideFunction("conceptmap", "told"), Input(ids.TOLD, "data"))
    app.clientside_callback(ClientsideFunction("conceptmap", "twin"), Input(ids.TWIN_TOLD, "data"))
    app.clientside_callback(
        ClientsideFunction("conceptmap", "stylesheet"),
        Output(ids.MAP, "stylesheet"),
        Input(ids.THEME, "data"),
        State(ids.STYLES, "data"),
    )
