"""The health page: made while it is open, and again while its numbers are being counted."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, ctx

from explorer import ids
from explorer.drawn import component
from explorer.set_health_screen import HealthScreens


def register(app: Dash, screens: HealthScreens) -> None:
    """Add the callbacks of the health page."""

    @app.callback(
        Output(ids.HEALTH_BODY, "children"),
        Output(ids.HEALTH_WAIT, "disabled"),
        Input(ids.HEALTH_OF, "data"),
        Input(ids.REFRESH, "data"),
        Input(ids.HEALTH_WAIT, "n_intervals"),
        prevent_initial_call=True,
    )
    def tell(of: dict[str, str] | None, _refreshed: int, _waited: int) -> tuple[Any, bool]:
        wanted = of or {}
        page = screens.page(wanted.get("set", ""), wanted.get("part", ""), look=ctx.triggered_id == ids.REFRESH)
        return component(page.children), not page.waiting

    _register_clientside(app)


def _register_clientside(app: Any) -> None:
    """The callback that `assets/set_health.js` answers. (`app` is Any: Dash has no types for these.)"""
    app.clientside_callback(ClientsideFunction("health", "told"), Input(ids.HEALTH_BODY, "children"))
