"""What a person may write in a query of this graph, for the console's completion: names of the schema, kinds, sets."""

import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from explorer.elements import tints
from explorer.queries import Library
from explorer.scenes import Scenes
from explorer.style import line_of
from graph.connection import Graph
from graph.kinds import Kind
from graph.read_only import PROCEDURES

KEPT_SECONDS = 30.0
# ArcadeDB does not tell what its procedures take.
OF_ARCADEDB = (
    {"name": "db.labels", "signature": "db.labels() :: (label :: STRING)", "description": "Labels"},
    {
        "name": "db.relationshipTypes",
        "signature": "db.relationshipTypes() :: (relationshipType :: STRING)",
        "description": "Types of relationships",
    },
    {
        "name": "db.propertyKeys",
        "signature": "db.propertyKeys() :: (propertyKey :: STRING)",
        "description": "Names of properties",
    },
    {
        "name": "db.index.fulltext.queryNodes",
        "signature": "db.index.fulltext.queryNodes(index :: STRING, words :: STRING) :: (node :: NODE, score :: FLOAT)",
        "description": "Terms by words of their texts: the index is term_text",
    },
)


@dataclass(frozen=True)
class Schema:
    """The names as they stand in the graph, and the procedures that may be called: name, signature, description."""

    labels: tuple[str, ...]
    types: tuple[str, ...]
    keys: tuple[str, ...]
    procedures: tuple[dict[str, str], ...]


def read(graph: Graph) -> Schema:
    """The schema as it is now. Raises GraphError."""

    def names(of: str) -> tuple[str, ...]:
        return tuple(sorted({row["name"] for row in graph.read(f"console/{of}")}))

    return Schema(names("labels"), names("types"), names("keys"), _procedures(graph))


def _procedures(graph: Graph) -> tuple[dict[str, str], ...]:
    if graph.engine == "arcadedb":
        return OF_ARCADEDB
    return tuple(row for row in graph.read("console/procedures") if row["name"].lower() in PROCEDURES)


class Schemas:
    """Keeps the schema for a while: it changes with a load, if at all."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._lock = threading.Lock()
        self._read: tuple[str, float, Schema] | None = None

    def told(self) -> dict[str, Any]:
        """What the page gets. Raises GraphError."""
        return as_told(self._schema(), self._scenes.library())

    def _schema(self) -> Schema:
        with self._lock:
            kept = self._read
            if kept and kept[0] == self._scenes.revision and time.monotonic() - kept[1] < KEPT_SECONDS:
                return kept[2]
        found = read(self._scenes.graph)
        with self._lock:
            self._read = (self._scenes.revision, time.monotonic(), found)
        return found


def as_told(schema: Schema, library: Library) -> dict[str, Any]:
    """The schema and what is loaded, by the names that the page knows; how categories and kinds look on a map."""
    told = asdict(schema)
    return {
        "labels": told["labels"],
        "relationshipTypes": told["types"],
        "propertyKeys": told["keys"],
        "procedures": told["procedures"],
        "kinds": [kind.id for kind in library.kinds],
        "categories": sorted(name for name, _ in library.categories if name),
        "sets": [one.id for one in library.sets],
        "tints": tints(library),
        "lines": {kind.id: _line(kind) for kind in library.kinds},
    }


def _line(kind: Kind) -> dict[str, str]:
    """How a relation of this kind is drawn."""
    line, arrow = line_of(kind)
    return {"line": line, "arrow": arrow, "label": kind.label}
