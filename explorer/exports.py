"""The route that gives what a map shows as a file: `/_export?format=csv` and then the map's own address."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask import Response, request

from explorer import messages, queries
from explorer.mapfile import MapFile, Written, map_file, write_page
from explorer.screen import Screens
from graph.errors import GraphError

log = logging.getLogger(__name__)
Writer = Callable[[MapFile], Written]
HTML = "html"
TYPES = {
    "graphml": "application/graphml+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    HTML: "text/html; charset=utf-8",
}
LEFT_OUT = "X-Left-Out"


class Refused(Exception):
    """Nothing is exported, for the reason that the sentence tells."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def register(app: Dash, screens: Screens, more: Mapping[str, Writer] | None = None) -> None:
    """Add the route. `more` are writers of formats that are none of the explorer's business."""
    known = writers(more)

    def export() -> Response:
        try:
            search = request.query_string.decode("ascii", "replace")
            return _file(screens, known, request.args.get("format", ""), search)
        except Refused as error:
            return _said(str(error), error.status)
        except GraphError as error:
            return _said(str(error), 503)
        except Exception:
            log.exception("An export could not be made")
            return _said(messages.DEFECT, 500)

    app.server.add_url_rule("/_export", "export", export)


def writers(more: Mapping[str, Writer] | None = None) -> dict[str, Writer]:
    """All writers, with those that are none of the explorer's business."""
    return {HTML: write_page, **(more or {})}


def read(screens: Screens, search: str) -> MapFile:
    """What the map of an address shows. Raises GraphError, Refused."""
    screens.scenes.look()
    scene, library, view = screens.shown(search)
    rows: dict[str, dict[str, Any]] = queries.texts(screens.scenes.graph, [node.id for node in scene.nodes])
    made = map_file(scene, library, view, rows)
    if not made.terms:
        raise Refused(messages.EXPORT_EMPTY, 404)
    if not any(term.node.defined for term in made.terms):
        raise Refused(messages.EXPORT_UNDEFINED, 404)
    return made


def _file(screens: Screens, known: Mapping[str, Writer], format_: str, search: str) -> Response:
    if format_ not in known:
        raise Refused(messages.EXPORT_FORMAT.format(known=", ".join(sorted(known))), 400)
    made = read(screens, search)
    written = known[format_](made)
    response = _answer(written.text, 200, TYPES[format_])
    response.headers.set("Content-Disposition", "attachment", filename=f"{made.name}.{format_}")
    if written.left_out:
        response.headers[LEFT_OUT] = quote("; ".join(written.left_out), safe=" ;,:'()")
    return response


def _said(sentence: str, status: int) -> Response:
    return _answer(sentence, status, "text/plain; charset=utf-8")


def _answer(text: str, status: int, type_: str) -> Response:
    return Response(text, status, {"Cache-Control": "no-store"}, content_type=type_)
