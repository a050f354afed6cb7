"""The map as text: a nested list of its terms, each with its relations in words. Pure.

The canvas says nothing to a screen reader; nothing on it is to be had from it alone.
"""

from collections.abc import Collection
from typing import Any

from dash import html

from explorer.elements import tints
from explorer.queries import Brief, Library, Node
from explorer.scenes import Scene
from explorer.style import OTHER
from explorer.widgets import action, attrs, term_button


def twin(scene: Scene, library: Library, hidden: Collection[str], selected: str) -> list[Any]:
    """Terms in the order of the map, the selected one first."""
    nodes = {node.id: node for node in scene.nodes if node.category not in hidden}
    relations = relations_in_words(scene, library, nodes)
    tint = tints(library)
    order = sorted(nodes.values(), key=lambda node: node.id != selected)
    return [
        html.P(f"{len(nodes):,} terms, {sum(map(len, relations.values())) // 2:,} relations.", className="quiet"),
        html.Ul([_item(node, relations[node.id], tint.get(node.category, OTHER), selected) for node in order]),
    ]


def relations_in_words(scene: Scene, library: Library, nodes: dict[str, Node]) -> dict[str, list[tuple[str, Node]]]:
    """For each term its relations to others on the map, as seen from it."""
    said: dict[str, list[tuple[str, Node]]] = {key: [] for key in nodes}
    for relation in scene.relations:
        if relation.source in nodes and relation.target in nodes:
            kind = library.kind(relation.kind)
            said[relation.source].append((kind.label, nodes[relation.target]))
            said[relation.target].append((kind.inverse_label, nodes[relation.source]))
    return said


def _item(node: Node, relations: list[tuple[str, Node]], tint: int, selected: str) -> html.Li:
    brief = Brief(node.id, node.name, node.definition, node.category, node.defined)
    return html.Li(
        [
            term_button(brief, tint),
            html.Span(f" {node.category}", className="quiet") if node.category else None,
            html.Ul([html.Li([f"{words} ", _link(other)]) for words, other in relations]) if relations else None,
        ],
        **(attrs(aria_current="true") if node.id == selected else {}),
    )


def _link(node: Node) -> html.Button:
    return action("select", node.name, of=node.id, className="link")
