"""Writes the plan of one set: only what differs, in managed transactions, under the writer's lease.

Up to 10,000 rows are one transaction. More go in batches: the set says "loading" first and its checksum last,
so that a run which was killed is seen and mended by the next.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from graph.connection import Graph, Writing
from graph.errors import GraphChanged
from graph.kinds import Kind, all_kinds, to_json
from loader.derive import Said, derive
from loader.fresh import Relations, Survey, bearing, repeated, term_rows
from loader.lease import Lease
from loader.model import header_properties
from loader.plan import Difference, SetPlan, Shown, difference
from loader.stored import Before, read_before
from loader.transactions import Progress, Stage, Step, Work, Written, run_all, writers

ONE_TRANSACTION = 10_000
BATCH = 5_000
# A batch that is written while others are is as many times smaller: all of them are in memory.
SMALLER = 4
# ArcadeDB takes the longer for each term that is removed, the more of them one transaction removes.
REMOVED = 250
Item = TypeVar("Item")


def write_plan(graph: Graph, lease: Lease, plan: SetPlan, progress: Progress) -> Written:
    """Bring the graph to what the plan wants."""
    properties = header_properties(plan.header) | {
        "size": plan.size,
        "checksum": plan.checksum,
        "loaded_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    final = _finish(plan, _put_set(plan.header.id, properties | {"state": "ready"}))
    begin = _put_set(plan.header.id, properties | {"state": "loading", "checksum": ""})
    return run_all(graph, lease, begin, _whole_work(graph, plan), final, progress, ONE_TRANSACTION)


def write_unload(graph: Graph, lease: Lease, plan: SetPlan, progress: Progress) -> Written:
    """Take a set away; `plan` removes all of its entries."""
    begin = _put_set(plan.header.id, {"state": "loading", "checksum": ""})
    final = _finish(plan, _run("load/drop_set", id=plan.header.id))
    work = _work(plan, read_before(graph, plan), BATCH)
    return run_all(graph, lease, begin, work, final, progress, ONE_TRANSACTION)


def _whole_work(graph: Graph, plan: SetPlan) -> Work:
    """The work of a plan. Where many terms are doubtful they are looked at some at a time, after the rest: all at once,
    with what all sets say of them, would take most of a gigabyte for a hundred thousand.
    """
    doubtful = plan.doubtful
    most = BATCH if writers(graph) == 1 else max(1, BATCH // SMALLER)
    if len(doubtful) <= ONE_TRANSACTION:
        return _work(plan, read_before(graph, plan), most)
    first = replace(plan, again=())
    work = _work(first, read_before(graph, first), most)
    last = Stage(_looked_at(graph, plan, doubtful), ready=False)
    return Work(work.total + len(doubtful), (*work.stages, last))


def _looked_at(graph: Graph, plan: SetPlan, doubtful: Sequence[str]) -> Iterator[tuple[int, Step]]:
    for keys in _batches(doubtful):
        part = replace(plan, added=(), changed=(), removed=(), again=tuple(keys))
        before = read_before(graph, part)
        steps = [step for _, step in _steps(part, changes_of(part, before), before.fresh)]
        yield len(keys), _all(steps)


def _all(steps: Sequence[Step]) -> Step:
    def step(tx: Writing) -> None:
        for one in steps:
            one(tx)

    return step


def _work(plan: SetPlan, before: Before, most: int) -> Work:
    """`most`: rows of a step that may be written while another is."""
    changes, fresh = changes_of(plan, before), before.fresh
    others = {key for key in plan.touched if key not in fresh.ids} | before.undefined_after
    relations = Relations(plan, fresh, others, kinds_after(plan, before))
    hashes = relations.hashes()
    twice = repeated(hashes)
    rest = list(_steps(plan, changes, fresh))
    total = len(fresh.ids) + sum(size for size, _ in rest) + len(hashes) - len(twice)
    terms = Stage(_fresh_terms(plan, fresh, most), free=True)
    return Work(total, (terms, Stage(rest), Stage(_fresh_relations(relations, frozenset(twice), most), free=True)))


def changes_of(plan: SetPlan, before: Before) -> Difference:
    """The rows to write for what is not fresh, from what the graph held before."""
    touched = {key for key in plan.touched if key not in before.fresh.ids}
    replaced = {key for key in touched if key in plan.entries}
    going = replaced.union(plan.removed)
    others = touched | before.undefined_after
    said = [_reranked(one, plan) for one in before.said if one.set_id != plan.header.id or one.entry.id not in going]
    said += [Said(plan.header.id, plan.header.priority, plan.entries[key]) for key in sorted(replaced)]
    said += bearing(plan, before.fresh, others, before.former)
    derived = derive(said, kinds_after(plan, before))
    return difference(others, derived, Shown(before.terms, before.relations, before.former))


def kinds_after(plan: SetPlan, before: Before) -> dict[str, Kind]:
    """All kinds once the plan is written, by the sets' rank."""
    own = (plan.header.priority, plan.header.id, to_json(plan.header.kinds))
    others = [(int(row["priority"]), str(row["id"]), row["kinds"]) for row in before.sets if row["id"] != own[1]]
    return all_kinds(text for _, _, text in sorted([own, *others], key=lambda row: row[:2]))


def _reranked(one: Said, plan: SetPlan) -> Said:
    """Entries of the set that stay as they are take its new priority."""
    return Said(one.set_id, plan.header.priority, one.entry) if one.set_id == plan.header.id else one


def _fresh_terms(plan: SetPlan, fresh: Survey, most: int) -> Iterator[tuple[int, Step]]:
    for rows in _batches(term_rows(plan, fresh), most):
        yield len(rows), _write_rows("load/create_terms", rows, set=plan.header.id)


def _fresh_relations(relations: Relations, twice: Collection[int], most: int) -> Iterator[tuple[int, Step]]:
    for rows in _batches(relations.rows(twice), most):
        yield len(rows), _write_rows("load/add_relations", rows)


def _steps(plan: SetPlan, changes: Difference, fresh: Survey) -> Iterator[tuple[int, Step]]:
    """Writes in an order in which every state on the way is whole: a term's texts and its entry change together."""
    set_id = plan.header.id
    terms = {row["id"]: row for row in changes.put_terms}
    added = [key for key in plan.added if key not in fresh.ids]
    for name, ours in (("load/add_entries", added), ("load/change_entries", plan.changed)):
        for keys in _batches(ours):
            rows = [terms.pop(key) for key in keys if key in terms]
            yield len(keys) + len(rows), _put_entries(name, set_id, rows, [_entry_row(plan, key) for key in keys])
    changed_rows: tuple[tuple[str, Sequence[dict[str, Any]]], ...] = (
        ("load/put_terms", list(terms.values())),
        ("load/drop_relations", changes.drop_relations),
        ("load/add_relations", changes.add_relations),
        ("load/change_relations", changes.change_relations),
    )
    for name, all_rows in changed_rows:
        for batch in _batches(all_rows):
            yield len(batch), _write_rows(name, list(batch))
    if changes.drop_former or changes.put_former:
        yield len(changes.put_former), _move_former(changes)
    # Last, for what an entry held is found by the entry: a run that mends this one must see it until all else is done.
    going = set(changes.drop_terms)
    for ids in _batches(plan.removed, REMOVED):
        yield len(ids), _drop_entries(set_id, list(ids), sorted(going.intersection(ids)))
    for ids in _batches(sorted(going.difference(plan.removed)), REMOVED):
        yield len(ids), _run("load/drop_terms", ids=list(ids))


def _move_former(changes: Difference) -> Step:
    def step(tx: Writing) -> None:
        tx.run("load/drop_former", ids=list(changes.drop_former))
        tx.run("load/put_former", rows=list(changes.put_former))

    return step


def _drop_entries(set_id: str, ids: list[str], terms: list[str]) -> Step:
    def step(tx: Writing) -> None:
        tx.run("load/drop_entries", ids=ids, set=set_id)
        tx.run("load/drop_terms", ids=terms)

    return step


def _put_entries(name: str, set_id: str, terms: list[dict[str, Any]], entries: list[dict[str, Any]]) -> Step:
    def step(tx: Writing) -> None:
        if terms:
            _write_rows("load/put_terms", terms)(tx)
        _write_rows(name, entries, set=set_id)(tx)

    return step


def _entry_row(plan: SetPlan, key: str) -> dict[str, Any]:
    entries = plan.entries
    return {"id": key, "entry": entries.json(key), "role": entries.role(key), "checksum": entries.checksum(key)}


def _put_set(set_id: str, properties: dict[str, Any]) -> Step:
    return _run("load/put_set", id=set_id, properties=properties)


def _finish(plan: SetPlan, last: Step) -> Step:
    def step(tx: Writing) -> None:
        if plan.unfinished:
            tx.run("load/sweep_terms")
        last(tx)
        tx.run("load/next_revision")

    return step


def _write_rows(name: str, rows: list[dict[str, Any]], **parameters: Any) -> Step:
    """A step that raises, and so undoes its transaction, unless every row found what it writes to."""

    def step(tx: Writing) -> None:
        written = sum(row["written"] for row in tx.run(name, rows=rows, **parameters))
        if written != len(rows):
            raise GraphChanged(
                f"Of {len(rows)} rows ({name}) the graph took {written}, for something else changed it meanwhile: "
                "run the load again, it goes on where it stopped."
            )

    return step


def _run(name: str, **parameters: Any) -> Step:
    def step(tx: Writing) -> None:
        tx.run(name, **parameters)

    return step


def _batches(items: Iterable[Item], most: int | None = None) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, most or BATCH)):
        yield batch
