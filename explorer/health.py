"""Small JSON routes beside the page: is it alive, is the database there, which revision, and suggestions.

The page's own poll (`assets/state.js`) and search box (`assets/search.js`) ask here instead of through
Dash callbacks: they must work, and fail quietly, when callbacks do not.
"""

import threading
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from dash import Dash
from flask import Response, jsonify, request

from explorer import messages
from explorer.login import routes as login
from explorer.scenes import Scenes
from explorer.search import Finder, Suggestion
from graph.errors import GraphError

MOST_SUGGESTIONS = 8
PATIENCE = 3.0
Answer = tuple[Response, int]
State = tuple[dict[str, Any], int]


def register(app: Dash, scenes: Scenes, finder: Finder) -> None:
    """Add the routes. Whoever is not logged in learns only whether we are ready."""

    pulse = Pulse(scenes, finder)

    def healthz() -> Answer:
        return _answer({"alive": True})

    def readyz() -> Answer:
        state, status = pulse.state()
        return _answer(state if login.known() else {"ready": state["ready"]}, status)

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


@dataclass
class _Look:
    """One look at the database, under way until `ended`."""

    began: float
    ended: threading.Event = field(default_factory=threading.Event)
    seen: State = ({"ready": False, "message": messages.SLOW}, 503)


class Pulse:
    """Whether the database is there. Many pages ask: one look at a time, in a thread of its own, or a database that
    hangs (or a name that is looked for in vain) would take all threads of the explorer along.
    """

    def __init__(self, scenes: Scenes, finder: Finder) -> None:
        self._scenes = scenes
        self._finder = finder
        self._choosing = threading.Lock()
        self._last = _Look(0.0)
        self._last.ended.set()

    def state(self) -> State:
        """What the look that is under way sees, or a new one; not ready when that takes longer than PATIENCE."""
        with self._choosing:
            if self._last.ended.is_set():
                new = _Look(time.monotonic())
                threading.Thread(target=self._look, args=(new,), name="pulse", daemon=True).start()
                self._last = new  # once it is under way: nobody would end a look that could not begin
            look = self._last
        look.ended.wait(max(0.0, look.began + PATIENCE - time.monotonic()))
        return look.seen

    def _look(self, look: _Look) -> None:
        try:
            revision = self._scenes.look()
            self._finder.renew(revision)
            look.seen = {"ready": True, "revision": revision}, 200
        except GraphError as error:
            look.seen = {"ready": False, "message": str(error)}, 503
        finally:
            look.ended.set()


def _answer(body: dict[str, Any], status: int = 200) -> Answer:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response, status


def _line(suggestion: Suggestion) -> dict[str, Any]:
    term = asdict(suggestion.term)
    return {**term, "definition": term["definition"][:160], "why": suggestion.why}
