"""From the recipe's `health` and `part` to the page over the map: numbers, a list behind one of them, or why not."""

from dataclasses import dataclass, field
from typing import Any

from explorer import messages, queries, set_health_lists, set_health_page
from explorer.queries import Library
from explorer.scenes import Scenes
from explorer.set_health import Health
from explorer.set_health_read import Failed, Healths, Links
from explorer.view import EVERY_SET
from graph.errors import GraphError


@dataclass(frozen=True)
class HealthPage:
    """What stands over the map. `waiting`: the numbers are not there yet, ask again."""

    children: list[Any] = field(default_factory=list)
    waiting: bool = False


class HealthScreens:
    """Makes the page. One for the whole app."""

    def __init__(self, scenes: Scenes, healths: Healths) -> None:
        self.scenes = scenes
        self.healths = healths

    def page(self, set_id: str, part: str, look: bool = False) -> HealthPage:
        """The page of a set, "" for none. `look` asks the graph whether it changed."""
        if not set_id:
            return HealthPage()
        try:
            if look:
                self.scenes.look()
            return self._of_set(self.scenes.library(), set_id, part)
        except GraphError as error:
            return HealthPage(set_health_page.failed(Library(), set_id, Failed(str(error))))

    def _of_set(self, library: Library, set_id: str, part: str) -> HealthPage:
        if not library.sets:
            return HealthPage(set_health_page.empty())
        if set_id != EVERY_SET and all(one.id != set_id for one in library.sets):
            return HealthPage(set_health_page.unknown(library, set_id))
        if part == set_health_page.LINKS:
            return self._links(library, set_id)
        health = self.healths.health(library, set_id)
        if isinstance(health, Health):
            return HealthPage(self._drawn(health, library, set_id, part))
        return self._not_there(health, library, set_id, messages.HEALTH_COUNTING)

    def _links(self, library: Library, set_id: str) -> HealthPage:
        if library.terms > set_health_lists.MOST_TEXTS:
            return HealthPage(set_health_lists.too_many_texts(library, set_id))
        links = self.healths.links(library, set_id)
        if isinstance(links, Links):
            return HealthPage(set_health_lists.links(links, library, set_id))
        return self._not_there(links, library, set_id, messages.HEALTH_SEARCHING)

    def _not_there(self, why: Failed | None, library: Library, set_id: str, meanwhile: str) -> HealthPage:
        if why is None:
            return HealthPage(set_health_page.counting(library, set_id, meanwhile), waiting=True)
        return HealthPage(set_health_page.failed(library, set_id, why))

    def _drawn(self, health: Health, library: Library, set_id: str, part: str) -> list[Any]:
        graph = self.healths.graph
        if part:
            names = queries.briefs(graph, set_health_lists.listed(health, part))
            return set_health_lists.terms(health, library, set_id, part, names)
        names = queries.briefs(graph, set_health_page.wanted(health))
        return set_health_page.page(health, library, set_id, names, self.healths.finds_links)
