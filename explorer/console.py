"""The routes of the console: what it holds, running and stopping a query.

They are no callbacks of Dash: a query that takes its time must not keep those waiting, and it is stopped while it runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash
from flask import request
from flask.wrappers import Response
from werkzeug.exceptions import BadRequest

from explorer import console_page, console_told, lazyfiles
from explorer.answers import answered
from explorer.behind import behind
from explorer.console_given import MOST, Field, values
from explorer.drawn import drawable
from explorer.runs import ID, Runs
from explorer.schema import Schemas
from explorer.screen import Screens
from explorer.set_health_read import Healths
from graph.errors import GraphError
from graph.library import read_library
from graph.settings import Settings

ROUTES = ("/_console", "/_schema", "/_query", "/_query/stop", "/_cypher")


@dataclass(frozen=True)
class Question:
    """A query that a page asks: its id there, the statement, the fields of its parameters."""

    id: str
    text: str
    fields: tuple[Field, ...]


def register(app: Dash, screens: Screens, healths: Healths, settings: Settings) -> None:
    """Add the routes."""
    scenes = screens.scenes
    runs, schemas = Runs(scenes.graph), Schemas(scenes)

    def opened() -> Response:
        return answered(lambda: (inside(settings), 200))

    def schema() -> Response:
        return answered(lambda: (schemas.told(), 200))

    def run() -> Response:
        return answered(lambda: answer(runs, asked(request.get_json()), _gone()))

    def shown() -> Response:
        return answered(lambda: ({"statements": behind(screens, healths, _searched(request.get_json()))}, 200))

    def stop() -> Response:
        return answered(lambda: _stopped(runs, request.get_json()))

    for path, answers in zip(ROUTES, (opened, schema, run, stop, shown), strict=True):
        app.server.add_url_rule(path, f"console-{answers.__name__}", answers, methods=["POST"])


def switched_off(app: Dash) -> None:
    """Where there is no console its routes are not there: else Dash would answer them, with the page."""

    def nothing() -> Response:
        return Response(status=404)

    for path in ROUTES:
        app.server.add_url_rule(path, f"no-{path}", nothing, methods=["GET", "POST"])


def inside(settings: Settings) -> dict[str, Any]:
    """What the console holds when it is first opened. Raises LibraryWrong."""
    library = read_library(settings.library)
    return {
        "parts": drawable(console_page.body(library)),
        "queries": console_page.queries(library),
        "example": console_page.example(),
        "files": lazyfiles.addresses(),
    }


def answer(runs: Runs, query: Question, gone: Callable[[], bool]) -> tuple[dict[str, Any], int]:
    """What a query gives, or what is wrong with it, and the status of the answer."""
    try:
        return console_told.result(runs.run(query.id, query.text, values(query.fields), gone)), 200
    except GraphError as error:
        return console_told.wrong(error, query.text)


def asked(given: Any) -> Question:
    """Raises BadRequest."""
    match given:
        case {"id": str(id_), "text": str(text), "parameters": list(fields)} if ID.fullmatch(id_):
            if len(fields) <= MOST:
                return Question(id_, text, tuple(map(_field, fields)))
    raise BadRequest


def _field(given: Any) -> Field:
    match given:
        case {"name": str(name), "type": str(type_), "text": str(text)}:
            return Field(name, type_, text)
    raise BadRequest


def _searched(given: Any) -> str:
    match given:
        case {"search": str(search)}:
            return search
    raise BadRequest


def _stopped(runs: Runs, given: Any) -> tuple[dict[str, Any], int]:
    match given:
        case {"id": str(id_)} if ID.fullmatch(id_):
            runs.stop(id_)
            return {}, 200
    raise BadRequest


def _gone() -> Callable[[], bool]:
    """Whether whoever asked has left; a server that cannot tell says no."""
    told: Callable[[], bool] = request.environ.get("waitress.client_disconnected", lambda: False)
    return told
