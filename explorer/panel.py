"""What stands in the panel: the start page, a term, the list of hits, an unknown term. Pure.

Each function takes dataclasses and gives Dash components.
"""

from collections.abc import Sequence
from typing import Any

from explorer import html, markdown, messages, neighbours
from explorer.neighbours import OnMap
from explorer.queries import Brief, Detail, Entry, Library, Node, TermSet
from explorer.search import Suggestion
from explorer.style import OTHER
from explorer.view import EVERY_SET
from explorer.widgets import action, attrs, icon, mention, swatch

Children = list[Any]
STARTING_POINTS = 6
MOST_HITS = 60


def empty() -> Children:
    """Nothing is loaded."""
    return [
        html.H2(messages.EMPTY_TITLE),
        html.P(messages.EMPTY_TEXT),
        html.Pre(html.Code(messages.EMPTY_COMMAND), className="command", tabIndex=0),
        html.P(messages.EMPTY_MORE, className="quiet"),
    ]


def away(sentence: str, remedy: str) -> Children:
    """The page was opened while the database was away."""
    return [html.H2("The database does not answer"), html.P(sentence), html.P(remedy, className="quiet")]


def start(library: Library, first: Sequence[Node], tints: dict[str, int]) -> Children:
    """What is loaded, and six terms to start with."""
    title = library.sets[0].title if len(library.sets) == 1 else "What is loaded"
    return [
        html.H2(title),
        html.P(
            f"{messages.count(library.terms, 'term')} in {messages.count(len(library.sets), 'set')}. "
            "The map shows the most important of them."
        ),
        html.H3("Start with"),
        html.Ul([html.Li(term_line(_brief(term), tints)) for term in first], className="start-terms"),
        html.H3("Term sets"),
        html.Ul([_set_line(one) for one in library.sets], className="sets"),
        html.P(action("health", "Health of all sets", of=EVERY_SET, className="link"), className="all-sets"),
        html.P(
            ["Press ", html.Kbd("/"), " to search, ", html.Kbd("?"), " for all keys."],
            className="quiet keys-hint",
        ),
    ]


def term(detail: Detail, library: Library, on_map: OnMap, tints: dict[str, int]) -> Children:
    """A term: name, texts, neighbours by how they relate, and the words of other sets."""
    near = ((one.term.name, one.term.id) for one in detail.neighbours)
    linker = markdown.Linker(markdown.linkable((detail.term.name, *detail.aliases), near), mention)
    hidden = [html.Span(messages.TERM_HIDDEN), neighbours.unhide(on_map.trail)]
    return [
        _head(detail, tints),
        html.Div(hidden, className="shown") if detail.term.id in on_map.hidden else None,
        html.Div(_definition(detail, linker), className="definition"),
        html.Div(markdown.render(detail.explanation, linker), className="prose") if detail.explanation else None,
        neighbours.section(detail, library, on_map, tints),
        *_also_in(detail),
        _source(detail.entries),
    ]


def unknown(key: str, nearest: Sequence[Suggestion], tints: dict[str, int]) -> Children:
    """The address names a term that is not there."""
    return [
        html.H2("Unknown term"),
        html.P(messages.NO_TERM.format(term=key)),
        *_suggestions(nearest, tints),
        action("overview", "Back to the overview", className="button"),
    ]


def failed() -> Children:
    """The panel itself could not be made; the map and the rest of the page go on."""
    return [html.H2("This term cannot be shown"), html.P(messages.DEFECT)]


def indexing(words: str) -> Children:
    """A search before the index is there; the page asks again by itself (`assets/state.js`)."""
    return [html.H2(f"Search for “{words}”"), html.P(messages.INDEXING, className="indexing")]


def hits(words: str, found: Sequence[Suggestion], nearest: Sequence[Suggestion], tints: dict[str, int]) -> Children:
    """All hits of a search, or what comes near."""
    if not found:
        return [
            html.H2("Search"),
            html.P(messages.NOTHING_FOUND.format(words=words)),
            *(_suggestions(nearest, tints) if nearest else [html.P(messages.NOTHING_NEAR)]),
        ]
    title = messages.FIRST_HITS.format(hits=MOST_HITS) if len(found) > MOST_HITS else messages.count(len(found), "hit")
    return [
        html.H2(f"{title} for “{words}”"),
        html.Ul([_hit(one, tints) for one in found[:MOST_HITS]], className="hits"),
    ]


def behind() -> html.P:
    """The way to the Cypher of what is shown."""
    return html.P(action("cypher", [icon("console"), "Show the Cypher"], className="button small"), className="behind")


def _head(detail: Detail, tints: dict[str, int]) -> html.Header:
    term = detail.term
    parts: Children = []
    if term.category:
        parts.append(html.Span([swatch(tints.get(term.category, OTHER)), term.category], className="category"))
    parts += [html.Span(entry.title, className="set") for entry in detail.entries[:1]]
    return html.Header(
        [
            html.Div(parts, className="kicker"),
            html.H2(term.name, id="term-name", tabIndex=-1),
            html.P(["Also called ", html.Span(", ".join(detail.aliases))], className="aliases")
            if detail.aliases
            else None,
            html.Div(
                [
                    action("focus", [icon("focus"), "Focus"], of=term.id, className="button"),
                    action("path-begin", [icon("path"), "Path to …"], of=term.id, className="button"),
                    action("reading", [icon("reading"), "What to read first"], of=term.id, className="button"),
                    action("copy", [icon("link"), "Copy link"], of=term.id, className="button"),
                    action(
                        "menu",
                        icon("more"),
                        of=term.id,
                        className="button",
                        title="More (m)",
                        **attrs(aria_label="More actions", aria_haspopup="menu", aria_expanded="false"),
                    ),
                ],
                className="buttons",
            ),
        ]
    )


def _definition(detail: Detail, linker: markdown.Linker) -> html.P:
    if detail.term.definition:
        return html.P(linker(detail.term.definition))
    text = messages.NO_DEFINITION if detail.term.defined else messages.NOT_DEFINED
    return html.P(text, className="quiet")


def _also_in(detail: Detail) -> Children:
    """What the other sets say where they say it differently."""
    said = {detail.term.definition}
    others: list[Entry] = []
    for entry in detail.entries:
        if entry.definition and entry.definition not in said:
            said.add(entry.definition)
            others.append(entry)
    if not others:
        return []
    return [
        html.Section(
            [
                html.H3("In other words"),
                *(html.Div([html.H4(e.title), html.P(e.definition)], className="also-in") for e in others),
            ]
        )
    ]


def _source(entries: Sequence[Entry]) -> html.P | None:
    if len(entries) < 2:
        return None
    return html.P("Defined in " + ", ".join(entry.title for entry in entries) + ".", className="quiet source")


def _set_line(one: TermSet) -> html.Li:
    facts = [messages.count(one.size, "term")] + [f"version {one.version}"] * bool(one.version)
    facts += [one.license] * bool(one.license) + ["being loaded"] * one.loading
    health = action("health", "Health", of=one.id, className="link", **attrs(aria_label=f"Health of {one.title}"))
    return html.Li(
        [html.Span(one.title, className="set-title"), health, html.Span(" · ".join(facts), className="quiet facts")]
    )


def _suggestions(nearest: Sequence[Suggestion], tints: dict[str, int]) -> Children:
    if not nearest:
        return []
    return [html.P(messages.NEAREST), html.Ul([_hit(one, tints) for one in nearest], className="hits")]


def _hit(one: Suggestion, tints: dict[str, int]) -> html.Li:
    return html.Li(term_line(one.term, tints, one.why))


def _brief(node: Node) -> Brief:
    return Brief(node.id, node.name, node.definition, node.category, node.defined)


def term_line(term: Brief, tints: dict[str, int], why: str = "", act: str = "select") -> html.Button:
    """A term with the first words of its definition, and why it is listed."""
    name: Children = [html.Span(term.name, className="term-name")]
    if why:
        name += [" ", html.Span(why, className="why")]
    return action(
        act,
        [
            swatch(tints.get(term.category, OTHER)),
            html.Span([html.Span(name), html.Span(term.definition, className="first-words")]),
        ],
        of=term.id,
        className="line",
    )
