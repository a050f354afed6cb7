"""The legend over the map, which is its filter: categories, sets, kinds of relations, terms taken off. Pure.

Each line tells what a mark on the map means and how often it is there, and hides or shows it. What is hidden is
always listed, even if nothing on this map is of it, so that it can be shown again. `assets/filters.js` folds the
groups and keeps the focus.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explorer import html, messages, style
from explorer.elements import named_first, tints
from explorer.queries import Library
from explorer.scenes import Scene
from explorer.seen import Filter, choices
from explorer.view import NO_CATEGORY
from explorer.widgets import action, attrs, icon, stroke, swatch

UNSORTED = "No category"
MOST_LINES = 12


@dataclass(frozen=True)
class Line:
    """One thing that can be hidden: what the address calls it, its mark and name, how often it is on the map."""

    of: str
    mark: Any
    name: str
    count: int
    hidden: bool


def legend(scene: Scene, library: Library, hiding: Filter) -> list[Any]:
    """The whole legend; nothing when the map is empty and nothing is hidden."""
    by_category, by_set, by_kind = choices(scene, hiding)
    groups = [
        _group("categories", "Categories", "toggle", "only",
               _categories(library, Counter(node.category for node in by_category.nodes), hiding)),
        _group("sets", "Sets", "toggle-set", "only-set",
               _sets(library, Counter(one for node in by_set.nodes for one in node.sets), hiding)),
        _group("kinds", "Relations", "toggle-kind", "only-kind",
               _kinds(library, Counter(relation.kind for relation in by_kind.relations), hiding)),
        _taken_off(scene, hiding),
    ]  # fmt: skip
    made = [group for group in groups if group is not None]
    if not made:
        return []
    reset = [action("unhide", "Show all", className="legend-line reset")] if hiding.size else []
    head = html.Summary([icon("filter"), html.Span("Filters"), *_hidden(hiding.size)], className="button")
    return [_fold("filters", head, [html.Div([*made, *reset], className="legend")])]


def _categories(library: Library, counts: Mapping[str, int], hiding: Filter) -> list[Line]:
    tint = tints(library)
    known = [category for category, _ in named_first(library.categories)]
    return [
        Line(name or NO_CATEGORY, swatch(tint.get(name, style.OTHER)), name or UNSORTED, counts.get(name, 0),
             name in hiding.categories)
        for name in _listed(known, counts, hiding.categories)
    ]  # fmt: skip


def _sets(library: Library, counts: Mapping[str, int], hiding: Filter) -> list[Line]:
    titles = {one.id: one.title for one in library.sets}
    if len(titles) < 2 and not hiding.sets:
        return []
    return [
        Line(key, None, titles.get(key, key), counts.get(key, 0), key in hiding.sets)
        for key in _listed(titles, counts, hiding.sets)
    ]


def _kinds(library: Library, counts: Mapping[str, int], hiding: Filter) -> list[Line]:
    return [
        Line(key, stroke(library.kind(key)), library.kind(key).label, counts.get(key, 0), key in hiding.kinds)
        for key in _listed([kind.id for kind in library.kinds], counts, hiding.kinds)
    ]


def _listed(known: Iterable[str], counts: Mapping[str, int], hidden: frozenset[str]) -> list[str]:
    """What is on the map or hidden, in the order that is known; names that nobody knows come last."""
    there = {name for name, count in counts.items() if count} | hidden
    order = [name for name in known if name in there]
    return order + sorted(there - set(order))


def _group(fold: str, title: str, toggle: str, only: str, lines: list[Line]) -> html.Details | None:
    if not lines:
        return None
    alone = len(lines) < 2
    made = [html.Li(_line(line, toggle, "" if alone else only)) for line in lines]
    body: list[Any] = [html.Ul(made[:MOST_LINES], **attrs(aria_label=title))]
    if len(made) > MOST_LINES:
        more = html.Summary(f"{len(made) - MOST_LINES:,} more", className="legend-line")
        body.append(_fold(f"{fold}-rest", more, [html.Ul(made[MOST_LINES:], **attrs(aria_label=f"More {title}"))]))
    return _fold(fold, html.Summary([title, *_hidden(sum(line.hidden for line in lines))]), body)


def _line(line: Line, toggle: str, only: str) -> list[html.Button]:
    parts = [line.mark, html.Span(line.name, className="name"), html.Span(f"{line.count:,}", className="number")]
    pressed = attrs(aria_pressed=str(not line.hidden).lower())
    made = [action(toggle, parts, of=line.of, className="legend-line", **pressed)]
    if only:
        made.append(action(only, "only", of=line.of, className="only", **attrs(aria_label=f"Only {line.name}")))
    return made


def _taken_off(scene: Scene, hiding: Filter) -> html.Details | None:
    """The terms that were taken off one by one; one that this map would not show anyway is told by its id."""
    if not hiding.without:
        return None
    names = {node.id: node.name for node in scene.nodes}
    terms = sorted((names.get(term, term), term) for term in hiding.without)
    lines = [html.Li(_show(name, term)) for name, term in terms]
    every = [html.Li(action("show-terms", "Show all of them", className="legend-line reset"))] if len(lines) > 1 else []
    title = messages.TERMS_HIDDEN.format(terms=messages.count(len(lines), "term"))
    return _fold("without", html.Summary(title), [html.Ul([*lines, *every], **attrs(aria_label=title))])


def _show(name: str, term: str) -> html.Button:
    parts = [html.Span(name, className="name"), html.Span(" Show", className="show")]
    return action("show", parts, of=term, className="legend-line")


def _hidden(number: int) -> list[html.Span]:
    return [html.Span(messages.HIDDEN.format(number=f"{number:,}"), className="hidden-number")] if number else []


def _fold(name: str, summary: html.Summary, body: list[Any]) -> html.Details:
    """Something that opens and closes; whether it is open is the browser's to know."""
    return html.Details([summary, *body], **attrs(data_fold=name))
