"""The Cypher behind what an address shows: which statements ran, and with what. Pure but for the hits of a search.

What comes first is what the reader looks at: the health page, the hits, the term, the path or what the map begins with;
last the map. Of a map that has grown the terms are asked for at once here, where they came with each click.
"""

from collections.abc import Sequence
from typing import Any

from explorer import asked
from explorer.asked import Asked
from explorer.console_given import shown
from explorer.panel import MOST_HITS
from explorer.queries import Library
from explorer.scenes import Scene
from explorer.screen import Screens
from explorer.set_health import Health
from explorer.set_health_page import LINKS
from explorer.set_health_read import Healths
from explorer.view import View

MOST_TOLD = 3


def behind(screens: Screens, healths: Healths, search: str) -> list[dict[str, Any]]:
    """The statements as the console takes them: title, what they answer, text, fields. Raises GraphError."""
    scene, library, view = screens.shown(search)
    hits = [one.term.id for one in screens.finder.suggest(view.words, MOST_HITS)] if view.words else []
    found = of(view, scene, hits, _of_health(healths, library, view))
    return [told(one, again=any(one.name == other.name for other in found[:place])) for place, one in enumerate(found)]


def _of_health(healths: Healths, library: Library, view: View) -> tuple[Asked, ...]:
    if not view.health:
        return ()
    if view.part == LINKS:
        return asked.for_links()
    health = healths.health(library, view.health)
    return health.asked if isinstance(health, Health) else asked.for_health(view.health)


def of(view: View, scene: Scene, hits: Sequence[str], health: Sequence[Asked]) -> list[Asked]:
    """The statements behind a view, what is looked at first, each once."""
    found = list(health)
    if view.words:
        found += asked.for_hits(hits)
    if view.term or (view.focus and not scene.trail):
        found += asked.for_term(view.term or view.focus)
    found += scene.asked
    if scene.nodes:
        found += asked.for_map([node.id for node in scene.nodes], [one.term for one in view.opened])
    return [one for place, one in enumerate(found) if one not in found[:place]]


def told(one: Asked, again: bool = False) -> dict[str, Any]:
    """A statement with its parameters as texts of fields; `again`: it stands there before, with other ids."""
    given = [[name, shown(value)] for name, value in one.parameters.items()]
    return {"title": one.title, "answers": _ids(one) if again else one.answers, "text": one.text, "given": given}


def _ids(one: Asked) -> str:
    """What tells a step from the one before, in a line."""
    ids = one.parameters.get("ids", ())
    more = len(ids) - MOST_TOLD + one.left_out
    return f"the same for {', '.join(ids[:MOST_TOLD])}{f' and {more:,} more' if more > 0 else ''}"
