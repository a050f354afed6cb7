"""Reads from the graph what an export writes: sets as they were said, or the neighbourhood of a term as it is shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from graph import schema
from graph.connection import Graph
from graph.kinds import all_kinds, from_json
from loader import stored
from loader.entries import Entries, Entry
from loader.export.model import Exported, ExportError, Rank, counted
from loader.export.neighbourhood import neighbourhood
from loader.model import Header, Position, ResolvedSet
from loader.resolve import Names

HEADER_TEXTS = ("title", "version", "language", "source", "license")
PLACE = Position("the graph")
MOST_NEAREST = 3


def read_exported(graph: Graph, wanted: Sequence[str]) -> Exported:
    """The sets of these ids, by id; all that are loaded when none is wanted. Raises ExportError, GraphError."""
    rows = _loaded(graph)
    chosen = sorted(set(wanted)) or sorted(rows)
    for set_id in chosen:
        _known(set_id, rows)
    sets = tuple(_set(graph, rows[set_id]) for set_id in chosen)
    if _loaded(graph) != rows:
        raise ExportError("The sets were changed while they were read: export them again.")
    ids = {key for one in sets for key in one.entries}
    return Exported(sets, cache(lambda: _names(graph)), _ranks(_terms(graph, ids).values()))


def read_neighbourhood(graph: Graph, term: str, depth: int) -> Exported:
    """The terms within so many hops and the relations among them, as one set. Raises ExportError, GraphError."""
    kinds = all_kinds(row["kinds"] for row in _loaded(graph).values())
    centre = _term_id(graph, term)
    terms = _terms(graph, _reached(graph, centre, depth))
    one = neighbourhood(centre, terms, stored.in_chunks(graph, "load/relations_from", terms), kinds)
    if not one.entries:
        raise ExportError(f"No set defines {centre!r} or a term near it: there is nothing to export.")
    undefined = len(terms) - len(one.entries)
    dropped = (counted(undefined, "term that no set defines", "terms that no set defines"),) if undefined else ()
    return Exported((one,), ranks=_ranks(terms.values()), dropped=dropped)


def _loaded(graph: Graph) -> dict[str, dict[str, Any]]:
    """The rows of the loaded sets by id, in the order of rank."""
    rows = stored.read_sets(graph) if schema.is_installed(graph) else []
    if not rows:
        raise ExportError("The database is empty: load a term set first, with `conceptmap load FILE`.")
    return {row["id"]: row for row in rows}


def _known(set_id: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    if set_id not in rows:
        raise ExportError(f"No set {set_id!r} is loaded{_nearest(set_id, rows)}: see `conceptmap sets`.")
    if rows[set_id]["state"] != "ready":
        raise ExportError(f"The set {set_id!r} is loaded only in part: wait for its load, or load its file again.")


def _set(graph: Graph, row: Mapping[str, Any]) -> ResolvedSet:
    header = Header(
        id=row["id"],
        priority=int(row["priority"]),
        kinds=tuple(from_json(row["kinds"]).values()),
        **{key: row[key] or "" for key in HEADER_TEXTS},
    )
    said = graph.read_all("export/entries", id=row["id"])
    entries = Entries(Entry(one["id"], one["role"], json.loads(one["entry"])) for one in said)
    return ResolvedSet(header, entries, PLACE)


def _names(graph: Graph) -> Names:
    """The names of all terms of all sets."""
    return Names.of(stored.read_names(graph, (), None))


def _terms(graph: Graph, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in stored.in_chunks(graph, "export/terms", ids)}


def _ranks(rows: Iterable[Mapping[str, Any]]) -> dict[str, Rank]:
    return {row["id"]: Rank(row["importance"], row["community"]) for row in rows}


def _reached(graph: Graph, centre: str, depth: int) -> set[str]:
    found, edge = {centre}, {centre}
    for _ in range(depth):
        edge = {row["id"] for row in stored.in_chunks(graph, "export/step", edge)} - found
        found |= edge
    return found


def _term_id(graph: Graph, text: str) -> str:
    """The term of this id, of this former id, or else of this name or alias."""
    if _terms(graph, [text]):
        return text
    for row in stored.in_chunks(graph, "load/former_of", [text]):
        if row["now"]:
            return str(row["now"])
    names = _names(graph)
    found = names.find(text)
    if len(found) > 1:
        raise ExportError(f"{text!r} may mean {', '.join(found)}: give the id.")
    if not found:
        raise ExportError(f"There is no term {text!r}{_nearest(text, {*names.by_id, *names.all_texts()})}: give an id.")
    return found[0]


def _nearest(text: str, known: Iterable[str]) -> str:
    matches = process.extract(
        text, sorted(known), scorer=fuzz.ratio, processor=str.casefold, limit=MOST_NEAREST, score_cutoff=40
    )
    return f" (did you mean {', '.join(match[0] for match in matches)}?)" if matches else ""
