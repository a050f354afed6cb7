"""The toolbar over the map: what the map shows, and how much of it. Pure."""

from typing import Any

from explorer import html, messages, trails
from explorer.scenes import MOST_REACHED, Scene
from explorer.view import MAX_DEPTH, View
from explorer.widgets import action, attrs, icon


def amount(scene: Scene, view: View, shown: int) -> str:
    """How many of the terms that the map could show are shown."""
    if not scene.nodes:
        return messages.MAP_EMPTY
    reached = max(scene.reached, len(scene.nodes))
    total = f"more than {MOST_REACHED:,}" if view.focus and reached > MOST_REACHED else f"{reached:,}"
    return messages.MAP_SHOWS.format(shown=f"{shown:,}", total=total)


def toolbar(scene: Scene, view: View, shown: int) -> list[Any]:
    """Where we are: the overview, the neighbourhood of a term with its depth, a path or a reading order; and how much
    of it is shown.
    """
    if scene.trail:
        return trails.toolbar(scene.trail, view, shown)
    count = html.Span(amount(scene, view, shown), className="count")
    if not view.focus:
        fresh = not (view.opened or view.term)
        reset = [] if fresh else [action("overview", [icon("reset"), "Overview"], className="button small")]
        return [*reset, count]
    name = name_of(scene, view.focus)
    return [
        action("overview", [icon("back"), "Overview"], className="button small"),
        html.Span(["Focus: ", html.Strong(name)], className="where"),
        html.Div(
            [html.Span("Depth", className="quiet"), *(_depth(hops, view.depth) for hops in range(1, MAX_DEPTH + 1))],
            className="depth",
            role="group",
            **attrs(aria_label="Depth in hops"),
        ),
        count,
    ]  # fmt: skip


def name_of(scene: Scene, term: str) -> str:
    """The name of a term of the map; the id of one that is not there."""
    return next((node.name for node in scene.nodes if node.id == term), term)


def _depth(hops: int, now: int) -> html.Button:
    label = messages.count(hops, "hop")
    return action("depth", str(hops), of=str(hops), **attrs(aria_pressed=str(hops == now).lower(), aria_label=label))
