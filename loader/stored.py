"""What the graph holds, as data for the plan: sets, names, and the surroundings of the terms a load touches."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.connection import Graph
from graph.statements import statement
from loader.derive import Former, RelationKey, Said
from loader.entries import Entry
from loader.fresh import Survey, survey
from loader.plan import SetPlan, StoredSet
from loader.resolve import Named

CHUNK = 5_000


@dataclass(frozen=True)
class Before:
    """The touched terms and all that bears on them, before the write.

    Those of them that the graph does not hold at all are `fresh`; the rest is about the others: `said` are the entries
    of the touched terms, of their neighbours, and of all terms that claim one of the former ids concerned;
    `undefined_after` the touched and neighbouring ids that no set will define.
    """

    fresh: Survey

    sets: tuple[dict[str, Any], ...] = ()
    said: tuple[Said, ...] = ()
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    relations: dict[RelationKey, dict[str, Any]] = field(default_factory=dict)
    former: dict[str, Former | None] = field(default_factory=dict)
    undefined_after: frozenset[str] = frozenset()


def read_sets(graph: Graph) -> list[dict[str, Any]]:
    """The rows of all loaded sets, by rank."""
    return graph.read_all("load/sets")


def read_stored(graph: Graph, row: Mapping[str, Any]) -> StoredSet:
    """What the graph keeps of a set, given its row of `read_sets`."""
    entries = graph.fold("load/set_entries", _checksums, id=row["id"])
    return StoredSet(row["id"], row, row["state"] == "ready", entries)


def _checksums(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {row["id"]: row["checksum"] for row in rows}


def read_names(graph: Graph, replaced: Collection[str], defined: Collection[str] | None) -> list[Named]:
    """Names and aliases in what sets say of their terms, as they will be after a load.

    The sets whose ids are in `replaced` are left out, their files say it anew; unless the entries that are gone from
    the files are kept: then `defined` are the ids that the files define, and what was said of others counts.
    """
    without = [] if defined is not None else sorted(replaced)
    named = []
    for row in graph.read_all("load/names", without=without):
        if row["set_id"] not in replaced or (defined is not None and row["id"] not in defined):
            body = json.loads(row["entry"])
            named.append(Named(row["id"], body["name"], tuple(body.get("aliases", ())), tuple(body.get("former", ()))))
    return named


def read_entries(graph: Graph, set_id: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The bodies of a set's entries for some terms."""
    return {one.entry.id: one.entry.body for one in _said(graph, ids) if one.set_id == set_id}


def read_same_names(graph: Graph, keys: Iterable[str]) -> list[dict[str, Any]]:
    """Id, name and key of the defined terms whose names in lower case are among the keys."""
    return list(in_chunks(graph, "load/same_names", keys))


def read_before(graph: Graph, plan: SetPlan) -> Before:
    """Read the surroundings of the terms that the plan touches."""
    present = _present(graph, plan.touched)
    fresh = survey(plan, present)
    touched = {key for key in plan.touched if key not in fresh.ids}
    relations = _relations(graph, touched & present)
    ends = {end for key in relations for end in (key[0], key[2])} | _new_ends(plan, touched)
    near = touched | {end for end in ends | fresh.outside if end not in fresh.ids}
    present |= _present(graph, near - present)
    said = _said(graph, near & present)
    removed = set(plan.removed)
    defined = {one.entry.id for one in said if one.set_id != plan.header.id or one.entry.id not in removed}
    undefined = {key for key in near if key not in defined and key not in plan.entries}
    further = undefined - touched
    if further:
        more = _relations(graph, further & present)
        relations |= more
        said += _said(graph, {end for key in more for end in (key[0], key[2])} - near)
    former, claims = _former(graph, plan, fresh, said)
    return Before(
        fresh=fresh,
        sets=tuple(read_sets(graph)),
        said=(*said, *claims),
        terms={row["id"]: row for row in in_chunks(graph, "load/terms_of", (touched | undefined) & present)},
        relations=relations,
        former=former,
        undefined_after=frozenset(undefined),
    )


def _present(graph: Graph, ids: Collection[str]) -> set[str]:
    """Those of the ids that are in the graph."""
    if len(ids) <= CHUNK:
        return {row["id"] for row in in_chunks(graph, "load/known_ids", ids)}
    wanted = frozenset(ids)
    return graph.fold("load/ids", lambda rows: {row["id"] for row in rows if row["id"] in wanted})


def _new_ends(plan: SetPlan, touched: Iterable[str]) -> set[str]:
    rows = (plan.entries[key].body.get("relations", ()) for key in touched if key in plan.entries)
    return {row["to"] for relations in rows for row in relations}


def _former(
    graph: Graph, plan: SetPlan, fresh: Survey, said: Sequence[Said]
) -> tuple[dict[str, Former | None], list[Said]]:
    """The former ids that the plan may move, as they are, and the entries that bear on them beyond those in `said`."""
    touched = set(plan.touched)
    bodies = [one.entry.body for one in said if one.entry.id in touched]
    bodies += [plan.entries[key].body for key in touched - fresh.ids if key in plan.entries]
    claimed = fresh.former | {old for body in bodies for old in body.get("former", ())}
    if plan.unfinished:
        # A killed load may have changed an entry and not yet the former ids that the entry before claimed.
        left = graph.read_all("load/all_former")
        claimed |= {row["old"] for row in left if touched.intersection(row["terms"] or ())}
    former: dict[str, Former | None] = dict.fromkeys(claimed)
    for row in _former_rows(graph, touched | claimed):
        former[row["old"]] = Former(tuple(row["terms"] or ()), row["now"])
    claimants = {term_id for one in former.values() if one for term_id in one.terms}
    read = {one.entry.id for one in said} | touched
    return former, _said(graph, (claimants | set(former)) - read)


def _former_rows(graph: Graph, ids: Collection[str]) -> Iterable[dict[str, Any]]:
    """Those of the ids that are former ones."""
    if len(ids) <= CHUNK:
        return in_chunks(graph, "load/former_of", ids)
    return (row for row in graph.read_all("load/all_former") if row["old"] in ids)


def _relations(graph: Graph, ids: Iterable[str]) -> dict[RelationKey, dict[str, Any]]:
    wanted = sorted(ids)
    rows = (*in_chunks(graph, "load/relations_from", wanted), *in_chunks(graph, "load/relations_to", wanted))
    return {(row["start"], row["kind"], row["end"]): {"note": row["note"], "sets": row["sets"]} for row in rows}


def _said(graph: Graph, ids: Iterable[str]) -> list[Said]:
    return [
        Said(row["set_id"], int(row["priority"]), Entry(row["id"], row["role"], json.loads(row["entry"])))
        for row in in_chunks(graph, "load/entries_of", ids)
    ]


def in_chunks(graph: Graph, name: str, wanted: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows of a statement whose one parameter is a list, asked for in parts of it."""
    every: Sequence[str] = sorted(wanted)
    (parameter,) = statement(name).parameters
    for start in range(0, len(every), CHUNK):
        yield from graph.read_all(name, **{parameter: every[start : start + CHUNK]})
