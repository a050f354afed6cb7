"""Values of the database as plain ones that JSON can hold: nodes, relationships, paths, dates, points, bytes.

Readers of JSON in browsers take numbers for floating ones, so an integer that these cannot hold exactly is text.
"""

import json
import math
from typing import Any

from neo4j import graph as graph_types
from neo4j import spatial, time
from neo4j.vector import Vector

LARGEST_EXACT = 2**53 - 1
FLOATS = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
CUT = "…"


def plain(value: Any) -> Any:
    """`value` as dicts, lists, strings, numbers, booleans and None.

    A node becomes {"element", "labels", "properties"}, a relationship {"element", "type", "from", "to",
    "from_element", "to_element", "properties"}, where `from` and `to` are the ids of its terms (None unless the query
    gives these too), a path {"path": [node, relationship, node …]}. Elements are the server's own names, which hold for
    as long as nothing is written. What JSON lacks becomes text: dates and durations in ISO 8601, NaN and Infinity,
    integers beyond 2⁵³, bytes in hexadecimal. A point is {"srid", "coordinates"}, a vector a list of numbers.
    """
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) <= LARGEST_EXACT else str(value)
        case float():
            return value if math.isfinite(value) else FLOATS[str(value)]
        case dict():
            return _mapping(value)
        case list():
            return [plain(item) for item in value]
    return _plain_graph(value)


def _plain_graph(value: Any) -> Any:
    match value:
        case graph_types.Node():
            return {"element": value.element_id, "labels": sorted(value.labels), "properties": _mapping(value)}
        case graph_types.Relationship():
            return _relationship(value)
        case graph_types.Path():
            return {"path": _steps(value)}
    return _plain_other(value)


def _plain_other(value: Any) -> Any:
    match value:
        case spatial.Point():
            return {"srid": value.srid, "coordinates": [plain(one) for one in value]}
        case time.DateTime():
            zone = getattr(value.tzinfo, "key", None) or getattr(value.tzinfo, "zone", None)
            return value.iso_format() + (f"[{zone}]" if zone else "")
        case time.Date() | time.Time() | time.Duration():
            return value.iso_format()
        case bytes() | bytearray():
            return value.hex()
        case Vector():
            return plain(value.to_native())
        case tuple() | set():  # after points and durations, which are tuples too
            return [plain(item) for item in value]
    return str(value)


def _mapping(value: Any) -> dict[str, Any]:
    return {str(key): plain(item) for key, item in value.items()}


def _relationship(value: Any) -> dict[str, Any]:
    start, end = value.start_node, value.end_node
    return {
        "element": value.element_id,
        "type": value.type,
        "from": start.get("id") if start is not None else None,
        "to": end.get("id") if end is not None else None,
        "from_element": start.element_id if start is not None else None,
        "to_element": end.element_id if end is not None else None,
        "properties": _mapping(value),
    }


def _steps(path: Any) -> list[Any]:
    steps: list[Any] = [plain(path.start_node)]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        steps += [plain(relationship), plain(node)]
    return steps


def fitted(value: Any, most: int) -> tuple[Any, int, bool]:
    """A plain value that takes at most about `most` bytes, how many it takes, and whether something was cut off.

    A text that is cut ends in "…", a list or a map has "…" as its last item.
    """
    room = _Room(most)
    shown = room.fit(value)
    return shown, most - room.left, room.cut


class _Room:
    """What is left of the bytes that a cell may hold."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.cut = False

    def fit(self, value: Any) -> Any:
        match value:
            case str():
                return self._text(value)
            case dict():
                return self._map(value)
            case list():
                return self._list(value)
        self.left -= 8
        return value

    def _text(self, value: str) -> str:
        size = len(value) if value.isascii() else len(value.encode("utf-8", "surrogatepass"))
        if size <= self.left:
            self.left -= size
            return value
        self.cut = True
        kept = value.encode("utf-8", "surrogatepass")[: max(self.left, 0)].decode("utf-8", "ignore") + CUT
        self.left = 0
        return kept

    def _list(self, value: list[Any]) -> list[Any]:
        kept: list[Any] = []
        for item in value:
            if self.left <= 0:
                self.cut = True
                kept.append(CUT)
                break
            before = self.left
            kept.append(self.fit(item))
            self.left = min(self.left, before - 1)  # a million empty texts take room too
        return kept

    def _map(self, value: dict[str, Any]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for key, item in value.items():
            if self.left <= 0:
                self.cut = True
                kept[CUT] = CUT
                break
            kept[self._text(key)] = self.fit(item)
        return kept


def spoken(value: Any) -> str:
    """A plain value as a person reads it: a node by its name, a relationship by its kind, a path as an arrow."""
    match value:
        case None:
            return ""
        case str():
            return value
        case {"element": _, "labels": labels, "properties": properties}:
            return f"({_name(properties) or ':'.join(labels)})"
        case {"element": _, "type": type_, "properties": properties}:
            return f"[{properties.get('kind') or type_}]"
        case {"path": [*steps]} if len(value) == 1:
            return _arrow(steps)
        case list() if any(isinstance(item, dict) for item in value):
            return f"[{', '.join(spoken(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _name(properties: dict[str, Any]) -> str:
    return str(properties.get("name") or properties.get("title") or properties.get("id") or "")


def _arrow(steps: list[Any]) -> str:
    said = [spoken(steps[0])] if steps else []
    for before, relationship, node in zip(steps[::2], steps[1::2], steps[2::2], strict=False):
        if not (isinstance(relationship, dict) and isinstance(before, dict)):  # cut off here
            return "".join([*said, CUT])
        leaves = relationship.get("from_element") == before.get("element")
        line = spoken(relationship)
        said += [f"-{line}->" if leaves else f"<-{line}-", spoken(node)]
    return "".join(said)
