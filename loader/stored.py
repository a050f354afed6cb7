"""What the graph holds, as data for the plan: sets, names, and the surroundings of the terms a load touches."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.connection import Graph
from loader.derive import RelationKey, Said
from loader.model import Entry
from loader.plan import SetPlan, StoredSet
from loader.resolve import Named

CHUNK = 5_000
FEW = 500


@dataclass(frozen=True)
class Before:
    """The touched terms and all that bears on them, before the write.

    `said` are the entries of the touched terms and of their neighbours, `undefined_after` the ids among
    both that no set will define.
    """

    sets: tuple[dict[str, Any], ...] = ()
    said: tuple[Said, ...] = ()
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    relations: dict[RelationKey, dict[str, Any]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    undefined_after: frozenset[str] = frozenset()


def read_sets(graph: Graph) -> list[dict[str, Any]]:
    """The rows of all loaded sets, by rank."""
    return graph.read_all("load/sets")


def read_stored(graph: Graph, set_id: str) -> StoredSet | None:
    """What the graph keeps of a set, or None."""
    row = next((row for row in read_sets(graph) if row["id"] == set_id), None)
    if row is None:
        return None
    entries = {one["id"]: one["checksum"] for one in graph.read_all("load/set_entries", id=set_id)}
    return StoredSet(set_id, row, row["checksum"] or "", row["state"] == "ready", entries)


def read_names(graph: Graph) -> list[Named]:
    """Names and aliases of every defined term."""
    return [Named(row["id"], row["name"], tuple(row["aliases"] or ())) for row in graph.read_all("load/names")]


def read_before(graph: Graph, plan: SetPlan) -> Before:
    """Read the surroundings of the terms that the plan touches."""
    touched = set(plan.touched)
    present = _present(graph, touched)
    relations = _relations(graph, _within(touched, present))
    ends = {end for key in relations for end in (key[0], key[2])} | _new_ends(plan)
    said = _said(graph, _within(touched | ends, present))
    defined = {one.entry.id for one in said if one.set_id != plan.header.id or one.entry.id not in plan.removed}
    undefined = (touched | ends) - defined - set(plan.entries)
    further = undefined - touched
    if further:
        more = _relations(graph, _within(further, present))
        relations |= more
        ends_of_more = {end for key in more for end in (key[0], key[2])} - touched - ends
        said += _said(graph, ends_of_more)
    known = _within(touched | undefined, present)
    return Before(
        sets=tuple(read_sets(graph)),
        said=tuple(said),
        terms={row["id"]: row for row in _in_chunks(graph, "load/terms_of", known)},
        relations=relations,
        former={row["old"]: row["id"] for row in _in_chunks(graph, "load/former_of", known)},
        undefined_after=frozenset(undefined),
    )


def _present(graph: Graph, touched: set[str]) -> set[str] | None:
    """The ids that are in the graph; None where so few are touched that asking for each costs less than reading all."""
    return None if len(touched) <= FEW else {row["id"] for row in graph.read_all("load/ids")}


def _within(ids: set[str], present: set[str] | None) -> set[str]:
    return ids if present is None else ids & present


def _new_ends(plan: SetPlan) -> set[str]:
    touched = set(plan.touched)
    rows = (entry.body.get("relations", ()) for key, entry in plan.entries.items() if key in touched)
    return {row["to"] for relations in rows for row in relations}


def _relations(graph: Graph, ids: Iterable[str]) -> dict[RelationKey, dict[str, Any]]:
    wanted = sorted(ids)
    rows = (*_in_chunks(graph, "load/relations_from", wanted), *_in_chunks(graph, "load/relations_to", wanted))
    return {(row["start"], row["kind"], row["end"]): {"note": row["note"], "sets": row["sets"]} for row in rows}


def _said(graph: Graph, ids: Iterable[str]) -> list[Said]:
    return [
        Said(row["set_id"], int(row["priority"]), Entry(row["id"], row["role"], json.loads(row["entry"])))
        for row in _in_chunks(graph, "load/entries_of", ids)
    ]


def _in_chunks(graph: Graph, name: str, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    wanted: Sequence[str] = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        yield from graph.read_all(name, ids=wanted[start : start + CHUNK])
