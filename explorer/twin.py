"""The map as text: a nested list of its terms, each with its relations in words and its actions. Pure.

The canvas says nothing to a screen reader; nothing on it is to be had from it alone. The keys of the list and the
menu of a term's actions are in `assets/twin.js`.
"""

from typing import Any

from explorer import html, messages, trails
from explorer.elements import tints
from explorer.mapchrome import amount, name_of
from explorer.neighbours import unhide
from explorer.queries import Brief, Library, Node
from explorer.scenes import Scene
from explorer.seen import Filter, Seen, seen
from explorer.style import OTHER
from explorer.view import View
from explorer.widgets import action, attrs, icon, term_button

Said = dict[str, list[tuple[str, Node]]]


def twin(scene: Scene, library: Library, view: View) -> list[Any]:
    """Terms in the order of the map, the selected one first."""
    left = seen(scene, Filter.of(view))
    said, tint, waiting = relations_in_words(left, library), tints(library), scene.waiting()
    order = sorted(left.nodes, key=lambda node: node.id != view.term)
    reasons = trails.reasons(scene.trail, library)
    badged = {view.term, *(one.term for one in view.opened)}
    items = [
        _item(
            node,
            said[node.id],
            reasons.get(node.id, ""),
            tint.get(node.category, OTHER),
            waiting[node.id] if node.id in badged else 0,
            _menu_button(node, waiting[node.id]),
            node.id == view.term,
        )
        for node in order
    ]
    return [*_facts(scene, left, view), html.Ul(items, **attrs(aria_label="Terms on the map"))]


def _facts(scene: Scene, left: Seen, view: View) -> list[Any]:
    """What the toolbar and the legend tell."""
    held = messages.TWIN_HOLDS.format(
        terms=messages.count(len(left.nodes), "term"),
        relations=messages.count(len(left.relations), "relation"),
        amount=amount(scene, view, len(left.nodes)),
    )
    focus = messages.TWIN_FOCUS.format(name=name_of(scene, view.focus), hops=messages.count(view.depth, "hop"))
    made: list[Any] = [html.P(f"{focus} {held}" if view.focus else held, className="quiet")]
    if scene.trail and view.hidden_kinds:
        made.append(html.P(messages.KINDS_LEFT_OUT, className="quiet"))
    if left.hidden if scene.trail else Filter.of(view).size:
        hidden = messages.TWIN_HIDDEN.format(terms=messages.count(len(left.hidden), "term"))
        made.append(html.P([html.Span(hidden), trails.show_terms() if scene.trail else unhide()], className="shown"))
    return made


def relations_in_words(left: Seen, library: Library) -> Said:
    """For each term its relations to others that are seen, as told from it."""
    nodes = {node.id: node for node in left.nodes}
    said: Said = {key: [] for key in nodes}
    for relation in left.relations:
        kind = library.kind(relation.kind)
        said[relation.source].append((kind.label, nodes[relation.target]))
        said[relation.target].append((kind.inverse_label, nodes[relation.source]))
    return said


def _item(
    node: Node,
    relations: list[tuple[str, Node]],
    why: str,
    tint: int,
    waiting: int,
    menu: html.Button,
    selected: bool,
) -> html.Li:
    brief = Brief(node.id, node.name, node.definition, node.category, node.defined)
    more = messages.TWIN_MORE.format(number=f"{waiting:,}") if waiting else ""
    return html.Li(
        [
            html.Div(
                [
                    term_button(brief, tint),
                    html.Span(node.category, className="quiet") if node.category else None,
                    html.Span(more, className="quiet more") if more else None,
                    menu,
                ],
                className="row",
            ),
            html.P(why, className="why") if why else None,
            html.Ul([html.Li([f"{words} ", _link(other)]) for words, other in relations]) if relations else None,
        ],
        **(attrs(aria_current="true") if selected else {}),
    )


def _menu_button(node: Node, waiting: int) -> html.Button:
    return action(
        "twin-menu",
        icon("more"),
        of=node.id,
        className="icon-button",
        **attrs(
            aria_label=f"Actions for {node.name}",
            aria_haspopup="menu",
            aria_expanded="false",
            data_waiting=str(waiting),
        ),
    )


def _link(node: Node) -> html.Button:
    return action("select", node.name, of=node.id, className="link")
