"""The routes that answer an address: what the page shows there (`assets/follow.js` asks), and its text view.

They are no callbacks of Dash: a click would wait for the turns that it takes before it asks and after the answer.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import Dash
from flask import Response, request
from werkzeug.exceptions import BadRequest, HTTPException

from explorer import ids, messages
from explorer.drawn import drawable
from explorer.screen import Screens, failed
from explorer.trails import told
from explorer.twin import twin
from graph.errors import GraphError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """What a page asks: the address that it is at, the key of the map that it shows already ("": none), and whether
    the graph shall be asked for changes first.
    """

    search: str
    shown: str = ""
    look: bool = False


def register(app: Dash, screens: Screens) -> None:
    """Add the routes."""

    def view() -> Response:
        return answered(lambda: (screen(screens, _asked()), 200))

    def text() -> Response:
        return answered(lambda: ({"parts": text_view(screens, _asked().search)}, 200))

    app.server.add_url_rule("/_view", "view", view, methods=["POST"])
    app.server.add_url_rule("/_text", "text", text, methods=["POST"])


def screen(screens: Screens, asked: Question) -> dict[str, Any]:
    """What the page draws. Raises GraphError, unless the page shows nothing yet: then that is what it shows."""
    try:
        made = screens.screen(asked.search, asked.shown or None, look=asked.look or not asked.shown)
    except GraphError as error:
        if asked.shown:
            raise
        return _page("", None, failed(error))
    return _page(made.key, made.scene, made.panel, made.toolbar, made.legend, made.title)


def text_view(screens: Screens, search: str) -> list[Any]:
    """The text view of an address. Raises GraphError."""
    scene, library, view = screens.shown(search)
    return drawable([*told(scene.trail, library), *twin(scene, library, view)])


def _page(
    key: str,
    scene: dict[str, Any] | None,
    panel: list[Any],
    toolbar: Sequence[Any] = (),
    legend: Sequence[Any] = (),
    title: str = "",
) -> dict[str, Any]:
    """The map, and the parts of the page that stand beside it. The scene None leaves the map as it is, the title ""
    the page's.
    """
    parts = {ids.TOOLBAR: toolbar, ids.FILTERS: legend, ids.PANEL_BODY: panel}
    drawn = {place: drawable(list(part)) for place, part in parts.items()}
    return {"key": key, "scene": scene, "title": title, "parts": drawn}


def answered(made: Callable[[], tuple[dict[str, Any], int]]) -> Response:
    """What a route of the page answers: what is made, with its status, or the sentence about what went wrong."""
    try:
        return _json(*made())
    except HTTPException:  # no JSON, or another than is asked here
        return _json({"message": messages.ASKED_WRONGLY}, 400)
    except GraphError as error:
        log.warning("%s", error)
        return _json({"message": str(error)}, 503)
    except Exception:
        log.exception("%s could not be answered", request.path)
        return _json({"message": messages.DEFECT}, 500)


def _asked() -> Question:
    """Raises BadRequest."""
    given = request.get_json()
    match given:
        case {"search": str(search), "shown": str(shown), "look": bool(look)}:
            return Question(search, shown, look)
    raise BadRequest


def _json(body: dict[str, Any], status: int) -> Response:
    """An answer that nobody keeps."""
    text = json.dumps(body, separators=(",", ":"))
    return Response(text, status, mimetype="application/json", headers={"Cache-Control": "no-store"})
