"""Several sets as one graph, as the map would show them if no others were loaded."""

from graph.kinds import Kind
from loader.derive import Derived, Said, derive
from loader.export.model import Exported, kinds_of


def united(exported: Exported) -> Derived:
    """The terms and relations of all sets of the export."""
    said = [Said(one.header.id, one.header.priority, entry) for one in exported.sets for entry in one.entries.values()]
    return derive(said, kinds(exported))


def kinds(exported: Exported) -> dict[str, Kind]:
    """The kinds that the sets may use; of two that declare one, the set that ranks first labels it."""
    ranked = sorted(exported.sets, key=lambda one: (one.header.priority, one.header.id), reverse=True)
    return {key: kind for one in ranked for key, kind in kinds_of(one.header).items()}
