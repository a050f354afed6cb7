"""From an address to all that the screen shows: the one path from the URL to the page's parts.

Reads through `Scenes` and `Finder`, and hands what it read to the pure modules that draw.
"""

import logging
from dataclasses import dataclass
from typing import Any

from explorer import legend, mapchrome, messages, panel, trails
from explorer.elements import elements, tints
from explorer.neighbours import OnMap
from explorer.queries import Library
from explorer.scenes import Scene, Scenes
from explorer.search import Finder
from explorer.seen import Filter, Seen, seen
from explorer.set_health_page import title_of
from explorer.view import View, address, parse
from graph.errors import GraphError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Screen:
    """The parts of the page. `scene` is None when the map shows already what it should."""

    key: str
    scene: dict[str, Any] | None
    panel: list[Any]
    toolbar: list[Any]
    legend: list[Any]
    title: str


class Screens:
    """Makes screens. One for the whole app."""

    def __init__(self, scenes: Scenes, finder: Finder) -> None:
        self.scenes = scenes
        self.finder = finder

    def screen(self, search: str | None, shown_key: str | None, look: bool) -> Screen:
        """The screen of an address. `shown_key` is the key of the map that the page shows; `look` asks the
        graph whether it changed. Raises GraphError.
        """
        if look:
            self.scenes.look()
        library = self.scenes.library()
        self.finder.renew(self.scenes.revision)
        view, moved, scene = self._drawn(parse(search))
        hiding = Filter.of(view)
        left = seen(scene, hiding)
        key = f"{scene.key}|{_filter_key(view)}|{view.layout}"
        fresh = key != shown_key or moved
        return Screen(
            key=key,
            scene=scene_data(scene, library, left, address(view) if moved else "") if fresh else None,
            panel=self._panel_or_not(view, library, scene, left),
            toolbar=mapchrome.toolbar(scene, view, len(left.nodes)) if library.terms else [],
            legend=legend.legend(scene, library, hiding),
            title=self._title(view, scene),
        )

    def shown(self, search: str | None) -> tuple[Scene, Library, View]:
        """What the map of an address shows, for its text twin. Raises GraphError."""
        view, _, scene = self._drawn(parse(search))
        return scene, self.scenes.library(), view

    def _drawn(self, view: View) -> tuple[View, bool, Scene]:
        """The view with the ids that its terms have now, whether any has moved, and what its map shows."""
        view, moved = self._followed(view)
        scene = self.scenes.scene(view)
        told = (*(one.term for one in view.opened), *view.without, *view.added)
        former = self.scenes.former(term for term in told if term not in scene.ids)
        for old, now in former.items():
            view = view.renamed(old, now)
        return (view, True, self.scenes.scene(view)) if former else (view, moved, scene)

    def _followed(self, view: View) -> tuple[View, bool]:
        """The view with the terms that it names one by one under the ids that they have now."""
        moved = False
        for key in filter(None, dict.fromkeys((view.term, view.focus, *view.path, view.reading))):
            if now := self.scenes.term(key).now:
                view, moved = view.renamed(key, now), True
        return view, moved

    def _panel_or_not(self, view: View, library: Library, scene: Scene, left: Seen) -> list[Any]:
        """The panel; one term that makes it fail shall not take map and toolbar along."""
        try:
            made = self._panel(view, library, scene, left)
            return [*made, panel.behind()] if scene.nodes else made
        except GraphError:
            raise
        except Exception:
            log.exception("The panel could not be made")
            return panel.failed()

    def _panel(self, view: View, library: Library, scene: Scene, left: Seen) -> list[Any]:
        tint = tints(library)
        if not library.terms and not scene.nodes:
            return panel.empty()
        if view.words:
            if not self.finder.ready:
                return panel.indexing(view.words)
            found = self.finder.suggest(view.words, panel.MOST_HITS + 1)
            return panel.hits(view.words, found, [] if found else self.finder.nearest(view.words), tint)
        if scene.trail and not view.term:
            return trails.panel(scene.trail, library, tint, self.finder.nearest, left.hidden)
        wanted = view.term or view.focus
        if wanted:
            detail = self.scenes.detail(wanted)
            if detail is None:
                return panel.unknown(wanted, self.finder.nearest(wanted), tint)
            on_map = OnMap(left.ids, left.hidden, scene.full, view.focus, scene.trail is not None)
            return panel.term(detail, library, on_map, tint)
        first = [node for node in left.nodes if node.id in library.top]
        return panel.start(library, first[: panel.STARTING_POINTS], tint)

    def _title(self, view: View, scene: Scene) -> str:
        if view.health:
            return f"Health: {title_of(self.scenes.library(), view.health)} · conceptmap"
        if view.words:
            return f"{view.words} · conceptmap"
        if scene.trail and not view.term:
            return f"{trails.title(scene.trail)} · conceptmap"
        detail = self.scenes.detail(view.term or view.focus)
        return f"{detail.term.name} · conceptmap" if detail else "conceptmap"


def failed(error: Exception) -> list[Any]:
    """The panel of a page that was opened while the database was away."""
    return panel.away(str(error), messages.TRIES_AGAIN)


def _filter_key(view: View) -> str:
    """What the filter depends upon."""
    return address(View(without=view.without, hidden=view.hidden, hidden_sets=view.hidden_sets,
                        hidden_kinds=view.hidden_kinds))  # fmt: skip


def scene_data(scene: Scene, library: Library, left: Seen, moved: str) -> dict[str, Any]:
    """What the page gets of a map: `left` is what is seen of it, `moved` the address that the view has now."""
    return {
        "elements": elements(scene, library, left),
        "base": scene.base,
        "revision": scene.revision,
        "full": scene.full,
        "provisional": not scene.nodes or not library.ranked,
        "moved": moved,
        "columns": trails.columns(scene.trail),
        "hops": trails.hops(scene.trail),
    }
