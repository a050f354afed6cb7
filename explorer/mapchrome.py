"""What lies over the map: the toolbar that says what the map shows, and the legend that filters it. Pure."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from dash import html

from explorer import messages, trails
from explorer.elements import named_first, tints
from explorer.queries import Library
from explorer.scenes import MOST_REACHED, Scene
from explorer.style import OTHER
from explorer.view import MAX_DEPTH, NO_CATEGORY, View
from explorer.widgets import action, attrs, icon, swatch

UNSORTED = "No category"


def toolbar(scene: Scene, view: View) -> list[Any]:
    """Where we are: the overview, the neighbourhood of a term with its depth, a path or a reading order; and how much
    of it is shown.
    """
    shown = sum(1 for node in scene.nodes if node.category not in view.hidden_categories)
    if scene.trail:
        return trails.toolbar(scene.trail, view, shown)
    reached = max(scene.reached, len(scene.nodes))
    total = f"more than {MOST_REACHED:,}" if view.focus and reached > MOST_REACHED else f"{reached:,}"
    text = messages.MAP_SHOWS.format(shown=f"{shown:,}", total=total) if scene.nodes else messages.MAP_EMPTY
    count = html.Span(text, className="count")
    if not view.focus:
        fresh = not (view.opened or view.term)
        reset = [] if fresh else [action("overview", [icon("reset"), "Overview"], className="button small")]
        return [*reset, count]
    name = next((node.name for node in scene.nodes if node.id == view.focus), view.focus)
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


def legend(scene: Scene, library: Library, hidden: Collection[str]) -> list[Any]:
    """One button a category that is on the map or hidden, with its count there; each hides or shows."""
    counts = Counter(node.category for node in scene.nodes)
    tint = tints(library)
    known = [category for category, _ in named_first(library.categories)]
    listed = [name for name in known if counts[name] or name in hidden]
    listed += sorted((set(counts) | set(hidden)) - set(known))
    if not listed:
        return []
    lines = [html.Li(_line(name, counts[name], tint.get(name, OTHER), name in hidden)) for name in listed]
    reset = [html.Li(action("unhide", "Show all", className="legend-line reset"))] if hidden else []
    return [html.Ul([*lines, *reset], **attrs(aria_label="Categories: each hides or shows its terms"))]


def _depth(hops: int, now: int) -> html.Button:
    label = messages.count(hops, "hop")
    return action("depth", str(hops), of=str(hops), **attrs(aria_pressed=str(hops == now).lower(), aria_label=label))


def _line(category: str, count: int, tint: int, hidden: bool) -> html.Button:
    return action(
        "toggle",
        [
            swatch(tint),
            html.Span(category or UNSORTED, className="name"),
            html.Span(f"{count:,}", className="number"),
        ],
        of=category or NO_CATEGORY,
        className="legend-line",
        **attrs(aria_pressed=str(not hidden).lower()),
    )
