"""Values of the database as plain ones that JSON can hold: nodes, relationships, paths, dates, points."""

import math
from typing import Any

from neo4j import graph as graph_types
from neo4j import spatial, time


def plain(value: Any) -> Any:
    """`value` as dicts, lists, strings, numbers, booleans and None.

    A node becomes {"labels", "properties"}, a relationship {"type", "from", "to", "properties"} with the ids of
    its terms (None unless the query gives these too), a path {"path": [node, relationship, node …]}; what JSON lacks
    (dates, NaN, bytes) becomes text.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case dict():
            return _mapping(value)
        case list() | tuple() | set():
            return [plain(item) for item in value]
    return _plain_graph(value)


def _plain_graph(value: Any) -> Any:
    match value:
        case graph_types.Node():
            return {"labels": sorted(value.labels), "properties": _mapping(value)}
        case graph_types.Relationship():
            return _relationship(value)
        case graph_types.Path():
            return {"path": _steps(value)}
        case spatial.Point():
            return {"srid": value.srid, "coordinates": list(value)}
        case time.DateTime() | time.Date() | time.Time() | time.Duration():
            return value.iso_format()
        case bytes() | bytearray():
            return value.hex()
    return str(value)


def _mapping(value: Any) -> dict[str, Any]:
    return {str(key): plain(item) for key, item in value.items()}


def _relationship(value: Any) -> dict[str, Any]:
    ends = [node.get("id") if node is not None else None for node in (value.start_node, value.end_node)]
    return {"type": value.type, "from": ends[0], "to": ends[1], "properties": _mapping(value)}


def _steps(path: Any) -> list[Any]:
    steps: list[Any] = [plain(path.start_node)]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        steps += [plain(relationship), plain(node)]
    return steps
