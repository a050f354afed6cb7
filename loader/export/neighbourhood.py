"""A part of the map as a set of its own: terms with the texts that the map shows, and the relations among them."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.kinds import BUILT_IN, Kind
from loader.entries import MAIN, Entries, Entry
from loader.model import Header, Position, ResolvedSet
from loader.slug import MOST

TEXTS = ("name", "definition", "explanation", "category", "aliases")
Row = Mapping[str, Any]


def neighbourhood(
    centre: str, terms: Mapping[str, Row], relations: Iterable[Row], kinds: Mapping[str, Kind]
) -> ResolvedSet:
    """The terms within some hops of a term."""
    return part(
        f"neighbourhood-of-{centre}"[:MOST], f"The neighbourhood of {terms[centre]['name']}", terms, relations, kinds
    )


def part(
    set_id: str, title: str, terms: Mapping[str, Row], relations: Iterable[Row], kinds: Mapping[str, Kind]
) -> ResolvedSet:
    """The set of the terms that some set defines; those that are only referred to have nothing to say."""
    bodies = {key: {text: row[text] for text in TEXTS if row[text]} for key, row in terms.items() if row["defined"]}
    among = [row for row in relations if row["start"] in bodies and row["end"] in bodies]
    for row in sorted(among, key=lambda row: (row["kind"], row["end"])):
        note = {"note": row["note"]} if row["note"] else {}
        relation = {"kind": row["kind"], "to": row["end"], "name": bodies[row["end"]]["name"], **note}
        bodies[row["start"]].setdefault("relations", []).append(relation)
    declared = sorted({row["kind"] for row in among} - set(BUILT_IN))
    header = Header(
        id=set_id,
        title=title,
        kinds=tuple(kinds[key] for key in declared),
    )
    return ResolvedSet(header, Entries(Entry(key, MAIN, body) for key, body in bodies.items()), Position("the graph"))
