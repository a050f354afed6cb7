"""The console's inside: editor, fields, library, history and the place of the result. Pure.

The page asks for it when the console is first opened; `assets/console.js` fills it.
"""

from typing import Any

from explorer import html, ids, messages
from explorer.widgets import action, attrs, icon
from graph.library import Library, LibraryQuery
from graph.statements import statement

EXAMPLE = "explore/example"
LABEL = "Read-only Cypher"
VIEWS = (("table", "Table"), ("map", "Map"), ("json", "JSON"))


def body(library: Library) -> list[Any]:
    """What the drawer holds below its heading."""
    return [html.Div([_shelf(library), _desk()], className="console-columns")]


def queries(library: Library) -> list[dict[str, Any]]:
    """The library as the page needs it."""
    return [{"name": one.name, "title": one.title, "text": one.text} for one in library.queries]


def example() -> str:
    """What the console begins with."""
    return statement(EXAMPLE).text


def _shelf(library: Library) -> html.Aside:
    """The library and the history, beside the editor."""
    return html.Aside(
        [
            html.Details(
                [
                    html.Summary("Behind what you see"),
                    html.Ul(id=ids.CONSOLE_BEHIND, className="shelf"),
                ],
                id=ids.CONSOLE_BEHIND_FOLD,
                open=True,
                hidden=True,
            ),
            html.Details(
                [
                    html.Summary(f"Library ({len(library.queries)})"),
                    html.Input(
                        id=ids.CONSOLE_FIND,
                        type="search",
                        placeholder="Find a query",
                        autoComplete="off",
                        **attrs(aria_label="Find a query of the library"),
                    ),
                    html.Ul([_query(one) for one in library.queries], id=ids.CONSOLE_LIBRARY, className="shelf"),
                    html.P(messages.NO_QUERY_FOUND, id=ids.CONSOLE_NONE, className="quiet", hidden=True),
                    *(html.P(problem, className="refusal") for problem in library.problems),
                ],
                id=ids.CONSOLE_LIBRARY_FOLD,
                open=True,
            ),
            html.Details(
                [
                    html.Summary("History"),
                    html.Ul(id=ids.CONSOLE_HISTORY, className="shelf"),
                    html.P(messages.NO_HISTORY, id=ids.CONSOLE_NO_HISTORY, className="quiet"),
                    action("console-forget", "Clear the history", id=ids.CONSOLE_FORGET, className="button small",
                           hidden=True),
                ],
                id=ids.CONSOLE_HISTORY_FOLD,
            ),
        ],
        id=ids.CONSOLE_SHELF,
        **attrs(aria_label="Saved queries"),
    )  # fmt: skip


def _query(one: LibraryQuery) -> html.Li:
    inside = [html.Span(one.title, className="query-title"), html.Span(one.description, className="quiet")]
    return html.Li(action("console-take", inside, of=one.name, className="query"))


def _desk() -> html.Div:
    return html.Div(
        [
            html.Label(LABEL, htmlFor=ids.CONSOLE_TEXT, className="quiet console-label"),
            html.Div(
                html.Textarea(
                    id=ids.CONSOLE_TEXT, spellCheck="false", rows="6", **attrs(aria_describedby=ids.CONSOLE_HINT)
                ),
                id=ids.CONSOLE_EDITOR,
            ),
            html.P(id=ids.CONSOLE_PLAIN, className="quiet", hidden=True),
            html.Div(id=ids.CONSOLE_FIELDS, className="fields"),
            _buttons(),
            html.Div(id=ids.CONSOLE_STATUS, role="status", className="console-status"),
            html.Div(id=ids.CONSOLE_WRONG, role="alert", className="refusal", hidden=True),
            _result(),
        ],
        className="console-desk",
    )


def _buttons() -> html.Div:
    return html.Div(
        [
            action("console-run", "Run", id=ids.CONSOLE_RUN, className="button primary"),
            action("console-stop", "Stop", id=ids.CONSOLE_STOP, className="button", hidden=True),
            html.Span(
                [html.Kbd("Ctrl"), " ", html.Kbd("Enter"), " runs, ", html.Kbd("Ctrl"), " ", html.Kbd("Space"),
                 " completes, ", html.Kbd("Tab"), " leaves"],
                id=ids.CONSOLE_HINT,
                className="quiet console-hint",
            ),
        ],
        className="buttons",
    )  # fmt: skip


def _result() -> html.Section:
    tabs = [
        action(
            "console-view",
            label,
            of=name,
            id=f"console-tab-{name}",
            className="tab",
            **attrs(aria_controls=f"console-{name}", aria_pressed="true" if name == "table" else "false"),
        )
        for name, label in VIEWS
    ]
    panels = [
        html.Div(
            id=f"console-{name}",
            role="region",
            hidden=name != "table",
            tabIndex=0,
            **attrs(aria_label=f"Result as {label}"),
        )
        for name, label in VIEWS
    ]
    tools = [
        action("console-add", "Add to the map", id=ids.CONSOLE_ADD, className="button small", hidden=True),
        action("console-copy", "Copy", id=ids.CONSOLE_COPY, className="button small"),
        action("console-save", [icon("export"), "CSV"], of="csv", className="button small",
               **attrs(aria_label="Download as CSV")),
        action("console-save", [icon("export"), "JSON"], of="json", className="button small",
               **attrs(aria_label="Download as JSON")),
    ]  # fmt: skip
    return html.Section(
        [
            html.Div(
                [html.Div(tabs, role="group", className="tabs", **attrs(aria_label="The result as")),
                 html.Div(tools, className="console-tools")],
                className="console-bar",
            ),
            *panels,
        ],
        id=ids.CONSOLE_RESULT,
        hidden=True,
        **attrs(aria_label="Result"),
    )  # fmt: skip
