"""The page as it is before anything was read: header, map, panel, and what opens over them. Pure.

What fills it comes from `answers.py` and `console.py`; how it looks is in `assets/conceptmap.css`.
"""

from dataclasses import dataclass

import dash_cytoscape as cyto
from dash import dcc

from explorer import dialogs, html, ids, messages, style
from explorer.view import LAYOUTS
from explorer.widgets import action, attrs, icon, icon_button

# What can be done with a term in the text view, as on the map.
TERM_ACTIONS = (
    ("select", "Select"),
    ("more", "Bring in more neighbours"),
    ("collapse", "Take its neighbours off again"),
    ("focus", "Focus"),
    ("hide", "Hide"),
    ("copy", "Copy link"),
)
TWIN_KEYS = (
    "Up and down: from term to term; right: its actions and relations. "
    "Enter selects, Shift+Enter focuses, e brings in neighbours, E takes them off again, Delete hides."
)
MAP_LABEL = "Map of terms. Arrow keys walk from neighbour to neighbour; press t for the view as text."


@dataclass(frozen=True)
class Guest:
    """Who has logged in, and whether the page has the way out: where a proxy logs people in it has not."""

    name: str
    may_leave: bool


def page(has_console: bool = True, guest: Guest | None = None) -> html.Div:
    """The whole page. `guest`: who has logged in to see it; None where nobody has to."""
    return html.Div(
        [
            dcc.Store(id=ids.REFRESH, data=0),
            dcc.Store(id=ids.THEME, data="light"),
            dcc.Store(id=ids.STYLES, data={name: style.stylesheet(theme) for name, theme in style.THEMES.items()}),
            dcc.Store(id=ids.HEALTH_OF),
            dcc.Interval(id=ids.HEALTH_WAIT, interval=700, disabled=True),
            _header(has_console, guest),
            html.Main([_map_area(), _panel()], id="main"),
            *([dialogs.console()] if has_console else []),
            dialogs.keys(has_console),
            *([dialogs.session_ended()] if guest else []),
            html.Div(id=ids.LIVE, className="visually-hidden", **attrs(aria_live="polite", role="status")),
        ]
    )


def _header(has_console: bool, guest: Guest | None) -> html.Nav:
    return html.Nav(
        [
            html.A([html.Span(className="mark", **attrs(aria_hidden="true")), html.Span("conceptmap")],
                   href="?", className="brand", **attrs(data_act="overview", aria_label="conceptmap: overview")),
            html.Div(
                [
                    icon("search"),
                    dcc.Input(
                        id=ids.SEARCH,
                        type="text",
                        placeholder="Search terms",
                        autoComplete="off",
                        spellCheck="false",
                        className="search-input",
                        debounce=False,  # or the component puts the cursor back where it was a letter ago
                    ),
                    html.Kbd("/", **attrs(aria_hidden="true")),
                    html.Ul(id=ids.SUGGESTIONS, role="listbox", hidden=True, **attrs(aria_label="Suggestions")),
                    html.Div(id=ids.NOTHING_FOUND, hidden=True),
                ],
                className="search",
                role="search",
            ),
            html.Div(
                [
                    icon_button("undo", "undo", "Undo (Ctrl+Z)", id=ids.UNDO, **attrs(aria_disabled="true")),
                    icon_button("redo", "redo", "Redo (Ctrl+Y)", id=ids.REDO, **attrs(aria_disabled="true")),
                    icon_button("share", "share", "Share: copy the link to this view", id="share-button"),
                    icon_button("export-menu", "export", "Export: the map as a file", id="export-button",
                                **attrs(aria_haspopup="menu", aria_expanded="false")),
                    icon_button("twin", "list", "The view as text (t)", id="twin-button"),
                    _console_button() if has_console else None,
                    icon_button("theme", "theme", "Light or dark", id="theme-button"),
                    icon_button("keys", "keys", "Keys (?)", id="keys-button"),
                    icon_button("tools", "more", "More", id="tools-button",
                                **attrs(aria_haspopup="menu", aria_expanded="false")),
                    *([_logout(guest.name)] if guest and guest.may_leave else []),
                ],
                className="tools",
            ),
        ],
        id="header",
        **attrs(aria_label="conceptmap"),
    )  # fmt: skip


def _logout(name: str) -> html.Button:
    """No action of the map: `assets/session.js` listens to it."""
    text = f"Log out {name}"
    label = attrs(aria_label=text)
    return html.Button(icon("logout"), type="button", id=ids.LOGOUT, title=text, className="icon-button", **label)


def _console_button() -> html.Button:
    return icon_button("console", "console", "Cypher console (c)", id="console-button")


def _map_area() -> html.Section:
    return html.Section(
        [
            html.Div(
                cyto.Cytoscape(
                    id=ids.MAP,
                    elements=[],
                    stylesheet=style.stylesheet(style.LIGHT),
                    layout={"name": "preset", "fit": False},
                    autoRefreshLayout=False,
                    minZoom=0.1,
                    maxZoom=3,
                    boxSelectionEnabled=False,
                    autounselectify=True,
                    style={"width": "100%", "height": "100%"},
                ),
                id="map-box",
                role="application",
                tabIndex=0,
                **attrs(aria_label=MAP_LABEL),
            ),
            html.Div(id=ids.TOOLBAR, className="toolbar"),
            html.Div(id=ids.FILTERS, className="filters"),
            html.Div(
                [
                    _layout_choice(),
                    html.Div(
                        [
                            icon_button("zoom-in", "plus", "Zoom in (+)"),
                            icon_button("zoom-out", "minus", "Zoom out (−)"),
                            icon_button("fit", "fit", "Fit to the window (f)"),
                        ],
                        className="zoom",
                    ),
                ],
                className="map-tools",
            ),
            html.Section(html.Div(id=ids.HEALTH_BODY), id=ids.HEALTH, hidden=True, **attrs(aria_label="Health")),
            _text_twin(),
            _notes(),
        ],
        id=ids.MAP_AREA,
        **attrs(aria_label="Map"),
    )  # fmt: skip


def _text_twin() -> html.Div:
    return html.Div(
        [
            html.Header([html.H2("The view as text"), icon_button("twin", "close", "Close")]),
            html.P(TWIN_KEYS, className="quiet twin-keys"),
            html.Div(id=ids.TWIN_BODY),
            html.Div(
                [action(act, label, role="menuitem", tabIndex=-1) for act, label in TERM_ACTIONS],
                id=ids.TWIN_MENU,
                role="menu",
                hidden=True,
                **attrs(aria_label="Actions"),
            ),
        ],
        id=ids.TEXT_TWIN,
        role="region",
        hidden=True,
        **attrs(aria_label="The view as text"),
    )


def _notes() -> html.Div:
    offer = [html.Span("The data has changed."), action("refresh", "Refresh", className="button small")]
    return html.Div(
        [
            html.Div(id=ids.BANNER, role="alert", hidden=True),
            html.Div(id=ids.NOTICE, role="alert", hidden=True),
            html.Div(offer, id=ids.OFFER, role="status", hidden=True),
            html.Div(
                [html.Span(messages.SLOW_PAGE), action("stop", "Stop", className="button small")],
                id=ids.SLOW,
                role="status",
                hidden=True,
            ),
            html.Div(
                [html.Span(), action("export-close", "Close", className="button small")],
                id=ids.EXPORT_NOTE,
                role="alert",
                hidden=True,
            ),
            html.Div(
                [html.Span(id=ids.PATH_NOTE), action("path-end", "Cancel", className="button small")],
                id=ids.PATH_BEGUN,
                hidden=True,
            ),
        ],
        className="notes",
    )


def _layout_choice() -> html.Label:
    return html.Label(
        [
            html.Span("Layout of the map", className="visually-hidden"),
            html.Select([html.Option(name.capitalize(), value=name) for name in LAYOUTS], id=ids.LAYOUT),
        ],
        className="layout-choice",
    )


def _panel() -> html.Aside:
    return html.Aside(
        [
            html.Button(
                html.Span(className="grip"),
                type="button",
                className="sheet-handle",
                **attrs(data_act="sheet", aria_label="Make the panel larger or smaller"),
            ),
            html.Div(id=ids.PANEL_BODY, tabIndex=-1),
        ],
        id=ids.PANEL,
        **attrs(aria_label="Panel"),
    )
