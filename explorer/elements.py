"""From a scene to the elements of cytoscape: plain dicts, without positions (those are the browser's).

Pure. How an element looks follows from its data (`style.py` maps them), so that nothing depends on classes.
"""

from math import sqrt
from typing import Any

from explorer import style
from explorer.queries import Library, Node, Relation
from explorer.scenes import Scene
from explorer.seen import Seen

SMALLEST, LARGEST = 18, 50
TIP_LENGTH = 280


def tints(library: Library) -> dict[str, int]:
    """The colour of each category: the larger ones have one of their own, the rest share the last."""
    return tints_of(library.categories)


def tints_of(categories: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """The same for categories with the number of their terms."""
    return {
        category: min(place, style.OTHER) if category else style.OTHER
        for place, (category, _) in enumerate(named_first(categories))
    }


def named_first(categories: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    """Categories, the largest first, terms without one last."""
    return sorted(categories, key=lambda pair: not pair[0])


def elements(scene: Scene, library: Library, seen: Seen) -> list[dict[str, Any]]:
    """Nodes, then edges, of what is seen of the scene."""
    waiting, tint = scene.waiting(), tints(library)
    edges = [relation for relation in seen.relations if relation.source != relation.target]
    return [_node(node, waiting[node.id], tint, library.most_important) for node in seen.nodes] + [
        _edge(relation, library) for relation in edges
    ]


def _node(node: Node, waiting: int, tint: dict[str, int], most: float) -> dict[str, Any]:
    size, font = measures(node.importance, most)
    return {
        "data": {
            "id": node.id,
            "label": node.name,
            "definition": shorten(node.definition),
            "category": node.category,
            "tint": tint.get(node.category, style.OTHER),
            "size": size,
            "font": font,
            "pale": 0 if node.defined else 1,
            "waiting": waiting,
        }
    }


def measures(importance: float, most: float) -> tuple[float, float]:
    """How large a term is drawn, and its name, beside the most important one."""
    weight = sqrt(min(importance / most, 1.0)) if most > 0 else 0.0
    return round(SMALLEST + (LARGEST - SMALLEST) * weight, 1), round(14 + 4 * weight, 1)


def _edge(relation: Relation, library: Library) -> dict[str, Any]:
    kind = library.kind(relation.kind)
    line, arrow = style.line_of(kind)
    return {
        "data": {
            "id": f"{relation.source} {relation.kind} {relation.target}",
            "source": relation.source,
            "target": relation.target,
            "kind": relation.kind,
            "label": kind.label,
            "inverse": kind.inverse_label,
            "note": relation.note,
            "line": line,
            "arrow": arrow,
        }
    }


def shorten(text: str) -> str:
    """As much of a text as a tip shows."""
    return text if len(text) <= TIP_LENGTH else text[: TIP_LENGTH - 1].rsplit(" ", 1)[0] + "…"
