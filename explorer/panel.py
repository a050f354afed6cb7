"""What stands in the panel: the start page, a term, the list of hits, an unknown term. Pure.

Each function takes dataclasses and gives Dash components.
"""

from collections.abc import Collection, Sequence
from typing import Any

from dash import html

from explorer import markdown, messages
from explorer.queries import Detail, Entry, Library, Neighbour, Node, TermSet
from explorer.search import Suggestion
from explorer.style import OTHER
from explorer.widgets import action, icon, mention, swatch, term_button

Children = list[Any]
STARTING_POINTS = 6


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
        html.Ul([html.Li(_start_line(term, tints)) for term in first], className="start-terms"),
        html.H3("Term sets"),
        html.Ul([_set_line(one) for one in library.sets], className="sets"),
        html.P(
            ["Press ", html.Kbd("/"), " to search, ", html.Kbd("?"), " for all keys."],
            className="quiet keys-hint",
        ),
    ]


def term(detail: Detail, library: Library, on_map: Collection[str], tints: dict[str, int]) -> Children:
    """A term: name, texts, neighbours by how they relate, and the words of other sets."""
    names = {near.term.name.lower(): near.term.id for near in detail.neighbours}
    own = dict.fromkeys((name.lower() for name in (detail.term.name, *detail.aliases)), "")
    linker = markdown.Linker(names | own, mention)
    return [
        _head(detail, tints),
        html.Div(_definition(detail, linker), className="definition"),
        html.Div(markdown.render(detail.explanation, linker), className="prose") if detail.explanation else None,
        html.Section(_neighbours(detail, library, on_map, tints), className="neighbours"),
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


def hits(words: str, found: Sequence[Suggestion], nearest: Sequence[Suggestion], tints: dict[str, int]) -> Children:
    """All hits of a search, or what comes near."""
    if not found:
        return [
            html.H2("Search"),
            html.P(messages.NOTHING_FOUND.format(words=words)),
            *(_suggestions(nearest, tints) if nearest else [html.P(messages.NOTHING_NEAR)]),
        ]
    return [
        html.H2(f"{messages.count(len(found), 'hit')} for “{words}”"),
        html.Ul([_hit(one, tints) for one in found], className="hits"),
    ]


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
                    action("copy", [icon("link"), "Copy link"], of=term.id, className="button"),
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


def _neighbours(detail: Detail, library: Library, on_map: Collection[str], tints: dict[str, int]) -> Children:
    total = len(detail.neighbour_ids)
    if not total:
        return [html.H3("Related terms"), html.P(messages.NO_NEIGHBOURS, className="quiet")]
    shown = len(set(detail.neighbour_ids) & set(on_map))
    made: Children = [html.H3("Related terms"), _shown(detail.term.id, shown, total)]
    for words, group in grouped(detail.neighbours, library):
        made.append(html.H4(words))
        made.append(
            html.Ul(
                [html.Li(_neighbour(near, tints, near.term.id in on_map)) for near in group],
                className="terms",
            )
        )
    return made


def _neighbour(near: Neighbour, tints: dict[str, int], on_map: bool) -> html.Button:
    return term_button(near.term, tints.get(near.term.category, OTHER), on_map, near.note)


def _shown(term: str, shown: int, total: int) -> html.Div:
    if shown == total:
        return html.Div(messages.ALL_SHOWN.format(total=total) if total > 1 else "On the map.", className="shown")
    rest = min(total - shown, 12)
    return html.Div(
        [
            html.Span(messages.SOME_SHOWN.format(shown=shown, total=total)),
            action("more", f"Show {rest} more", of=term, className="button small"),
        ],
        className="shown",
    )


def grouped(neighbours: Sequence[Neighbour], library: Library) -> list[tuple[str, list[Neighbour]]]:
    """Neighbours by how they relate, in words as the sentence goes on from the term's name; the largest groups
    of a direction stay together in the order in which kinds are declared.
    """
    groups: dict[str, list[Neighbour]] = {}
    for near in neighbours:
        kind = library.kind(near.kind)
        groups.setdefault(kind.label if near.forward or kind.symmetric else kind.inverse_label, []).append(near)
    order = [label for kind in library.kinds for label in (kind.label, kind.inverse_label)]
    rank = {label: place for place, label in reversed(list(enumerate(order)))}
    plain = library.kind("related").label
    # What says more goes first: "is related to" is last.
    return sorted(groups.items(), key=lambda pair: (pair[0] == plain, rank.get(pair[0], len(order))))


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


def _start_line(term: Node, tints: dict[str, int]) -> html.Button:
    return action(
        "select",
        [
            swatch(tints.get(term.category, OTHER)),
            html.Span(
                [
                    html.Span(term.name, className="term-name"),
                    html.Span(term.definition, className="first-words"),
                ]
            ),
        ],
        of=term.id,
        className="line",
    )


def _set_line(one: TermSet) -> html.Li:
    facts = [messages.count(one.size, "term")] + [f"version {one.version}"] * bool(one.version)
    facts += [one.license] * bool(one.license) + ["being loaded"] * one.loading
    return html.Li([html.Span(one.title, className="set-title"), html.Span(" · ".join(facts), className="quiet")])


def _suggestions(nearest: Sequence[Suggestion], tints: dict[str, int]) -> Children:
    if not nearest:
        return []
    return [html.P(messages.NEAREST), html.Ul([_hit(one, tints) for one in nearest], className="hits")]


def _hit(one: Suggestion, tints: dict[str, int]) -> html.Li:
    reason = [html.Span(one.why, className="why")] if one.why else []
    return html.Li(
        action(
            "select",
            [
                swatch(tints.get(one.term.category, OTHER)),
                html.Span(
                    [
                        html.Span([html.Span(one.term.name, className="term-name"), *reason]),
                        html.Span(one.term.definition, className="first-words"),
                    ]
                ),
            ],
            of=one.term.id,
            className="line",
        )
    )
