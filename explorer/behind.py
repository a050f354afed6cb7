"""The Cypher behind what an address shows: which statements ran, and with what. Pure but for the hits of a search.

What comes first is what the reader looks at: the health page, the hits, the path, the term; last the map.
"""

from typing import Any

from explorer import asked
from explorer.asked import Asked
from explorer.console_given import shown
from explorer.panel import MOST_HITS
from explorer.routes import Route
from explorer.scenes import Scene
from explorer.screen import Screens
from explorer.view import View


def behind(screens: Screens, search: str) -> list[dict[str, Any]]:
    """The statements as the console takes them: title, what they answer, text, fields. Raises GraphError."""
    scene, _, view = screens.shown(search)
    hits = [one.term.id for one in screens.finder.suggest(view.words, MOST_HITS)] if view.words else []
    return [told(one) for one in of(view, scene, hits)]


def of(view: View, scene: Scene, hits: list[str]) -> list[Asked]:
    """The statements behind a view, what is looked at first."""
    found: list[Asked] = []
    if view.health:
        found += asked.for_health(view.health)
    if view.words:
        found += asked.for_hits(hits)
    if isinstance(scene.trail, Route):
        found += asked.for_path(*scene.trail.ends, scene.trail.ids, scene.trail.hidden)
    if view.term or view.focus:
        found += asked.for_term(view.term or view.focus)
    if scene.nodes:
        found += asked.for_map([node.id for node in scene.nodes])
    return found


def told(one: Asked) -> dict[str, Any]:
    """A statement with its parameters as texts of fields."""
    given = [[name, shown(value)] for name, value in one.parameters.items()]
    return {"title": one.title, "answers": one.answers, "text": one.text, "given": given}
