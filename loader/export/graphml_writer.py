"""Writes sets as one GraphML file, for programs that draw and measure graphs: one node a term, one edge a relation."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from loader.export.model import Exported, Rank, Text, counted
from loader.export.united import united

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = {
    "name": "string",
    "definition": "string",
    "explanation": "string",
    "category": "string",
    "aliases": "string",
    "defined": "boolean",
    "importance": "double",
    "community": "int",
}
EDGE_KEYS = {"kind": "string", "note": "string", "sets": "string"}
Row = Mapping[str, Any]
# Control characters and halves of pairs, which XML 1.0 cannot hold at all.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(exported: Exported) -> Text:
    """All sets of the export, united as on the map."""
    derived = united(exported)
    text = graphml(derived.terms, derived.relations, exported.ranks)
    return Text(text, (*exported.dropped, *_dropped(exported)))


def graphml(terms: Mapping[str, Row], relations: Mapping[tuple[str, str, str], Row], ranks: Mapping[str, Rank]) -> str:
    """The file of some terms by id, and of relations by start, kind and end."""
    root = ET.Element("graphml", {"xmlns": NAMESPACE})
    for owner, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for key, kind in keys.items():
            ET.SubElement(root, "key", {"id": key, "for": owner, "attr.name": key, "attr.type": kind})
    graph = ET.SubElement(root, "graph", {"id": "conceptmap", "edgedefault": "directed"})
    for term_id, row in sorted(terms.items()):
        values = {**row, **_rank(ranks.get(term_id)), "aliases": "\n".join(row["aliases"])}
        _add(ET.SubElement(graph, "node", {"id": term_id}), NODE_KEYS, values)
    for number, ((start, kind, end), row) in enumerate(sorted(relations.items())):
        edge = ET.SubElement(graph, "edge", {"id": f"e{number}", "source": start, "target": end})
        _add(edge, EDGE_KEYS, {**row, "kind": kind, "sets": " ".join(row["sets"])})
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _rank(rank: Rank | None) -> dict[str, Any]:
    return {} if rank is None else {"importance": rank.importance, "community": rank.community}


def _add(element: ET.Element, keys: Mapping[str, str], values: Mapping[str, Any]) -> None:
    for key in keys:
        value = values.get(key)
        if value not in (None, ""):
            data = ET.SubElement(element, "data", {"key": key})
            data.text = str(value).lower() if isinstance(value, bool) else NOT_IN_XML.sub("", str(value))


def _dropped(exported: Exported) -> Iterator[str]:
    former = sum(len(entry.body.get("former", ())) for one in exported.sets for entry in one.entries.values())
    if former:
        yield counted(former, "former id")
    yield "what the sets say of themselves"
