"""Assembles the Dash app: page, callbacks, routes, security. Nothing is read from the graph here."""

import logging
from collections.abc import Mapping
from typing import Any

from dash import Dash, set_props

from explorer import answers, console, exports, frame, health, ids, lazyfiles, messages, security
from explorer.api import routes as api
from explorer.callbacks import set_health, theme
from explorer.drawn import component
from explorer.login import routes as login
from explorer.login.gate import Gate
from explorer.page import page
from explorer.scenes import Scenes
from explorer.screen import Screens
from explorer.search import Finder
from explorer.set_health_read import FindLinks, Healths
from explorer.set_health_screen import HealthScreens
from graph.connection import Graph
from graph.errors import GraphError
from graph.settings import Settings

log = logging.getLogger(__name__)
METAS = [
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "color-scheme", "content": "light dark"},
    {"name": "description", "content": "A map of terms and how they hang together."},
]


def create_app(
    graph: Graph,
    settings: Settings,
    find_links: FindLinks | None = None,
    writers: Mapping[str, exports.Writer] | None = None,
    open_port: int | None = None,
) -> Dash:
    """The explorer of a graph, ready to be served. `find_links` finds missing links, for the health page;
    `writers` write files of what a map shows, by format; whoever comes by the `open_port` need not log in.
    Raises SettingsWrong when users or session key cannot be read.
    """
    app = frame.Frame(
        "conceptmap",
        title="conceptmap",
        update_title="",
        assets_folder=str(frame.ASSETS),
        include_assets_files=False,
        compress=True,
        index_string=frame.index(),
        meta_tags=METAS,
        serve_locally=True,
        add_log_handler=False,
        enable_mcp=False,
        on_error=tell,
    )
    scenes = Scenes(graph)
    finder = Finder(graph)
    screens = Screens(scenes, finder)
    gate = Gate(settings, open_port) if settings.asks_login else None
    has_console = settings.console == "on"
    if gate is None:
        app.layout = component(page(has_console))
    else:
        app.layout = lambda: component(page(has_console, login.guest(gate)))
    theme.register(app)
    healths = Healths(graph, find_links)
    set_health.register(app, HealthScreens(scenes, healths))
    answers.register(app, screens)
    health.register(app, scenes, finder)
    exports.register(app, screens, writers)
    api.register(app, screens, settings, exports.writers(writers))
    frame.register(app)
    lazyfiles.register(app, has_console)
    if has_console:
        console.register(app, screens, healths, settings)
    else:
        console.switched_off(app)
    security.protect(app, settings)
    if gate:
        login.protect(app, gate)
    return app


def tell(error: Exception) -> Any:
    """What a callback that raised says to the reader; the log has the rest."""
    if isinstance(error, GraphError):
        log.warning("%s", error)
        sentence = str(error)
    else:
        log.error("A callback raised", exc_info=error)
        sentence = messages.DEFECT
    set_props(ids.NOTICE, {"children": sentence, "hidden": False})
