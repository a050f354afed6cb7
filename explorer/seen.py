"""What of a map is seen: the filter that the recipe asks for, and what it leaves of a scene. Pure.

Hidden terms stay in the scene, so that nobody moves and nobody else comes in when they are hidden or shown. All
that tells what is on the map (map, legend, toolbar, panel, text twin) asks here.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from explorer.queries import Node, Relation
from explorer.scenes import Scene
from explorer.view import View


@dataclass(frozen=True)
class Filter:
    """What is hidden: categories ("" for terms without one), sets, kinds of relations, single terms."""

    categories: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, view: View) -> "Filter":
        """The filter of a view."""
        return cls(
            view.hidden_categories, frozenset(view.hidden_sets), frozenset(view.hidden_kinds), frozenset(view.without)
        )

    @property
    def size(self) -> int:
        """How many things were hidden, each with one action."""
        return len(self.categories) + len(self.sets) + len(self.kinds) + len(self.without)

    def hides(self, node: Node) -> bool:
        """A term is hidden by itself, by its category, or by its sets when all of them are hidden."""
        return node.id in self.without or node.category in self.categories or self._all_hidden(node.sets)

    def hides_relation(self, relation: Relation) -> bool:
        """A relation is hidden by its kind, or by the sets that tell it when all of them are hidden."""
        return relation.kind in self.kinds or self._all_hidden(relation.sets)

    def _all_hidden(self, sets: Collection[str]) -> bool:
        return bool(self.sets) and bool(sets) and self.sets.issuperset(sets)


@dataclass(frozen=True)
class Seen:
    """The terms and relations that are seen, and the ids of those terms of the scene that are not."""

    nodes: tuple[Node, ...] = ()
    relations: tuple[Relation, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(node.id for node in self.nodes)


def seen(scene: Scene, hiding: Filter) -> Seen:
    """What a filter leaves of a scene: a relation is seen when both its ends are."""
    nodes = tuple(node for node in scene.nodes if not hiding.hides(node))
    ids = frozenset(node.id for node in nodes)
    relations = tuple(
        relation
        for relation in scene.relations
        if relation.source in ids and relation.target in ids and not hiding.hides_relation(relation)
    )
    return Seen(nodes, relations, scene.ids - ids)


def choices(scene: Scene, hiding: Filter) -> tuple[Seen, Seen, Seen]:
    """What a filter would leave without its categories, without its sets, without its kinds: among these the
    reader chooses, so these are what the lines of the legend count.
    """
    none: frozenset[str] = frozenset()
    return (
        seen(scene, replace(hiding, categories=none)),
        seen(scene, replace(hiding, sets=none)),
        seen(scene, replace(hiding, kinds=none)),
    )
