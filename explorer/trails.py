"""A path or a reading order on the screen: which of the two, for those who draw a map of either. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer import html, messages, path_panel, reading_panel
from explorer.queries import Library
from explorer.routes import Reading, Route
from explorer.search import Suggestion
from explorer.view import View
from explorer.widgets import action, icon

Children = list[Any]
Trail = Route | Reading
Nearest = Callable[[str], Sequence[Suggestion]]


def panel(trail: Trail, library: Library, tints: dict[str, int], nearest: Nearest, hidden: frozenset[str]) -> Children:
    """What the panel tells of it. `nearest` gives terms with a name like a word; `hidden` are not to be seen."""
    unseen = len(hidden & set(trail.ids))
    note = messages.WAY_HIDDEN.format(terms=messages.count(unseen, "term"))
    made = (
        path_panel.panel(trail, library, tints, nearest)
        if isinstance(trail, Route)
        else reading_panel.panel(trail, library, tints, nearest)
    )
    return [*made, html.Div([html.Span(note), show_terms()], className="shown")] if unseen else made


def show_terms() -> html.Button:
    """The button that brings hidden terms back; kinds of relations that are left out stay out."""
    return action("show-hidden-terms", "Show these terms", className="button small")


def reasons(trail: Trail | None, library: Library) -> dict[str, str]:
    """For each term of a reading order why it is to be read."""
    return reading_panel.why(trail, library) if isinstance(trail, Reading) else {}


def told(trail: Trail | None, library: Library) -> Children:
    """The same for the text twin, before the terms one by one."""
    if trail is None:
        return []
    return path_panel.told(trail, library) if isinstance(trail, Route) else reading_panel.told(trail)


def title(trail: Trail) -> str:
    """Where we are, in words."""
    if isinstance(trail, Reading):
        return f"Reading order: {reading_panel.name(trail)}"
    start, end = path_panel.names(trail)
    return f"Path: {start} → {end}"


def toolbar(trail: Trail, view: View, shown: int) -> Children:
    """Where we are, and the ways back: to the overview, and from a selected term to the path or order as a whole."""
    what, _, which = title(trail).partition(": ")
    whole = [action("deselect", "Show the whole", className="button small")] if view.term or view.words else []
    return [
        action("overview", [icon("back"), "Overview"], className="button small"),
        html.Span([f"{what}: ", html.Strong(which)], className="where"),
        *whole,
        html.Span(messages.count(shown, "term"), className="count"),
    ]


def columns(trail: Trail | None) -> list[list[str]]:
    """The terms of the map's base from left to right, for `assets/columns.js`."""
    if trail is None:
        return []
    return [list(column) for column in (trail.columns if isinstance(trail, Route) else trail.order.layers)]


def hops(trail: Trail | None) -> list[list[str]]:
    """The pairs of terms whose relations stand out."""
    return sorted(map(list, trail.hops)) if trail else []
