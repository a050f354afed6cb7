"""A reading order in the panel and in the text twin: a numbered list, each term with why it is in it. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer import html, messages
from explorer.panel import term_line
from explorer.path_panel import kinds_filter, suggestions
from explorer.queries import Brief, Library, Node
from explorer.routes import Reading
from explorer.search import Suggestion
from explorer.widgets import action, icon

Children = list[Any]
Nearest = Callable[[str], Sequence[Suggestion]]


def panel(trail: Reading, library: Library, tints: dict[str, int], nearest: Nearest) -> Children:
    """What the panel tells of a reading order."""
    if not trail.nodes:
        return [
            html.H2("Unknown term"),
            html.P(messages.NO_TERM.format(term=trail.term)),
            *suggestions(nearest(trail.term), tints, "reading"),
            action("overview", "Back to the overview", className="button"),
        ]
    reasons = why(trail, library)
    lines = [html.Li(term_line(_brief(node), tints, reasons.get(node.id, ""))) for node in trail.nodes]
    used = [basis.kind for basis in trail.order.bases]
    return [
        html.H2(f"What to read before {name(trail)}"),
        html.Div(action("overview", [icon("close"), "Close"], className="button"), className="buttons"),
        *_summary(trail),
        html.Ol(lines, className="reading-order") if len(lines) > 1 else None,
        *_circles(trail),
        *kinds_filter(used, trail.hidden, library),
    ]


def name(trail: Reading) -> str:
    """What the term is called; an unknown one by the id that was asked for."""
    return next((node.name for node in trail.nodes if node.id == trail.term), trail.term)


def told(trail: Reading) -> Children:
    """How much there is to read, and which terms build on one another."""
    return [*_summary(trail), *_circles(trail)]


def _summary(trail: Reading) -> Children:
    if not trail.nodes:
        return [html.P(messages.NO_TERM.format(term=trail.term))]
    if len(trail.nodes) == 1:
        return [html.Div(html.Span(messages.NOTHING_TO_READ.format(term=name(trail))), className="shown")]
    text = messages.READ_FIRST.format(terms=messages.count(len(trail.nodes) - 1, "term"))
    text += f" {messages.READ_MORE}" if trail.order.more else ""
    return [html.Div(html.Span(text), className="shown")]


def _circles(trail: Reading) -> Children:
    names = {node.id: node.name for node in trail.nodes}
    circles = (", ".join(names[one] for one in circle if one in names) for circle in trail.order.circles)
    return [html.P(messages.CIRCLE.format(terms=circle), className="quiet circle") for circle in circles]


def why(trail: Reading, library: Library) -> dict[str, str]:
    """For each term the one that wants it read: "required by Fine-Tuning", the last one of the list first."""
    names = {node.id: node.name for node in trail.nodes}
    place = {one: index for index, one in enumerate(trail.order.terms)}
    rank = {kind.id: index for index, kind in enumerate(library.kinds)}
    reasons: dict[str, list[str]] = {}
    for basis in sorted(trail.order.bases, key=lambda b: (-place[b.term], rank.get(b.kind, len(rank)))):
        words = library.kind(basis.kind).inverse_label.removeprefix("is ")
        reasons.setdefault(basis.on, []).append(f"{words} {names.get(basis.term, basis.term)}")
    return {term: said[0] + (f" and {len(said) - 1} more" if said[1:] else "") for term, said in reasons.items()}


def _brief(node: Node) -> Brief:
    return Brief(node.id, node.name, node.definition, node.category, node.defined)
