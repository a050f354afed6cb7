"""What opens over the page: the Cypher console and the help for keys, as the browser's own dialogs. Pure.

`assets/dialogs.js` opens and closes them.
"""

from typing import Any

from explorer import html, ids, messages
from explorer.widgets import action, attrs, icon_button

KEYS = (
    ("/", "Search"),
    ("← ↑ → ↓", "Walk from neighbour to neighbour on the map"),
    ("n  p", "Next and previous neighbour of the selected term"),
    ("e", "Bring in twelve more neighbours"),
    ("m", "What can be done with the selected term, or with the map"),
    ("Enter", "Focus: the map becomes this term's neighbourhood"),
    ("x", "Path from the selected term to the one chosen next"),
    ("Backspace", "Back to the view before"),
    ("Ctrl+Z  Ctrl+Y", "Undo and redo: what came, went, was hidden, moved or pinned"),
    ("o", "Overview"),
    ("f", "Fit the map to the window"),
    ("+  −", "Zoom"),
    ("t", "The view as text"),
    ("c", "Cypher console"),
    ("h", "Health of all sets"),
    ("Esc", "Close what is open, then deselect"),
    ("?", "These keys"),
)
CONSOLE_KEY = "c"


def console() -> html.Dialog:
    """The console, at the foot of the page; the map above it stays in use. What it holds comes when it is opened."""
    return _dialog(ids.CONSOLE, "Cypher console", [html.Div(id=ids.CONSOLE_BODY)])


def keys(has_console: bool = True) -> html.Dialog:
    """The help for keys, and the switch for those of a single sign."""
    rows: list[Any] = [
        html.Tr([html.Th([html.Kbd(key) for key in names.split()], scope="row"), html.Td(what)])
        for names, what in KEYS
        if has_console or names != CONSOLE_KEY
    ]
    switch = action(
        "single-keys",
        "Single keys",
        id=ids.SINGLE_KEYS,
        role="switch",
        className="switch",
        **attrs(aria_checked="true"),
    )
    return _dialog(
        ids.KEYS_HELP,
        "Keys",
        [
            html.Table(html.Tbody(rows), className="keys"),
            html.P([switch, html.Span("Off: only keys with a name act.", className="quiet")], className="switch-line"),
        ],
    )


def session_ended() -> html.Dialog:
    """What the map says when the reader's session has ended (`assets/session.js`)."""
    return _dialog(
        ids.SESSION_ENDED,
        messages.SESSION_ENDED,
        [
            html.P(messages.SESSION_ENDED_TEXT),
            html.A("Log in", id=ids.LOGIN_AGAIN, href="/login", className="button primary"),
        ],
    )


def _dialog(name: str, title: str, children: list[Any]) -> html.Dialog:
    heading = f"{name}-title"
    head = html.Div([html.H2(title, id=heading), icon_button("close", "close", "Close")], className="dialog-head")
    return html.Dialog([head, *children], id=name, className="dialog", **attrs(aria_labelledby=heading))
