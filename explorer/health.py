"""Small JSON routes beside the page: is it alive, is the database there, which revision, and suggestions.

The page's own poll (`assets/state.js`) and search box (`assets/search.js`) ask here instead of through
Dash callbacks: they must work, and fail quietly, when callbacks do not.
"""

from dataclasses import asdict
from typing import Any

from dash import Dash
from flask import Response, jsonify, request

from explorer import messages
from explorer.scenes import Scenes
from explorer.search import Finder, Suggestion
from graph.errors import GraphError

MOST_SUGGESTIONS = 8
Answer = tuple[Response, int]


def register(app: Dash, scenes: Scenes, finder: Finder) -> None:
    """Add the routes."""

    def healthz() -> Answer:
        return _answer({"alive": True})

    def readyz() -> Answer:
        return _answer(*_state(scenes, finder))

    def suggest() -> Answer:
        words = request.args.get("q", "")
        try:
            finder.renew(scenes.revision)
            hits = [_line(one) for one in finder.suggest(words, MOST_SUGGESTIONS)]
        except GraphError as error:
            return _answer({"message": str(error)}, 503)
        return _answer({"hits": hits, "message": "" if finder.ready else messages.INDEXING})

    app.server.add_url_rule("/healthz", "healthz", healthz)
    app.server.add_url_rule("/readyz", "readyz", readyz)
    app.server.add_url_rule("/_suggest", "suggest", suggest)


def _state(scenes: Scenes, finder: Finder) -> tuple[dict[str, Any], int]:
    try:
        revision = scenes.look()
    except GraphError as error:
        return {"ready": False, "message": str(error)}, 503
    finder.renew(revision)
    return {"ready": True, "revision": revision}, 200


def _answer(body: dict[str, Any], status: int = 200) -> Answer:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response, status


def _line(suggestion: Suggestion) -> dict[str, Any]:
    term = asdict(suggestion.term)
    return {**term, "definition": term["definition"][:160], "why": suggestion.why}
