"""From written sets to plans: what their files say against what the graph holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.connection import Graph
from graph.kinds import from_json
from loader import stored
from loader.checking import incomplete, judged
from loader.model import Problem, ResolvedSet, WrittenSet, header_properties
from loader.plan import StoredSet, plan_set
from loader.report import Options, Report, SetReport
from loader.resolve import Named, named_terms, resolve_all


def resolve_and_plan(graph: Graph | None, sets: Sequence[WrittenSet], options: Options, report: Report) -> None:
    """Put the plans into the report, and the problems that only show against what is loaded."""
    loaded = {row["id"]: row for row in stored.read_sets(graph)} if graph else {}
    undefined = options.allow_undefined or incomplete(report.problems)
    resolved, problems = resolve_all(sets, lambda: _loaded_names(graph, sets, options.keep), undefined)
    others = [row for set_id, row in loaded.items() if set_id not in {one.header.id for one in sets}]
    problems += _kind_problems(resolved, others)
    report.problems = judged([*report.problems, *problems], options.strict)
    if not report.errors:
        report.sets = [_planned(graph, loaded.get(one.header.id), one, options) for one in resolved]
    if graph and others:
        met = (problem for one, made in zip(resolved, report.sets, strict=False) for problem in _met(graph, one, made))
        report.problems = judged([*report.problems, *met], options.strict)


def _planned(graph: Graph | None, row: Mapping[str, Any] | None, one: ResolvedSet, options: Options) -> SetReport:
    if graph is None or row is None:
        return SetReport(plan_set(one, None, options.keep))
    before = {key: row[key] for key in header_properties(one.header)}
    made = SetReport(plan_set(one, _stored(graph, row, one), options.keep), before_header=before)
    made.before = stored.read_entries(graph, one.header.id, made.plan.changed)
    return made


def _stored(graph: Graph, row: Mapping[str, Any], one: ResolvedSet) -> StoredSet:
    """What the graph keeps of the set. Where checksum and size are the same, the entries are, and need no reading."""
    if row["state"] == "ready" and row["checksum"] == one.checksum and row["size"] == len(one.entries):
        return StoredSet(row["id"], row, True, {key: one.entries.checksum(key) for key in one.entries})
    return stored.read_stored(graph, row)


def _met(graph: Graph, one: ResolvedSet, made: SetReport) -> Iterator[Problem]:
    """Names and aliases of the terms to be written that are names of other terms in the graph."""
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for term_id in (*made.plan.added, *made.plan.changed):
        body = one.entries[term_id].body
        for text in (body["name"], *body.get("aliases", ())):
            texts[text.lower()].append((term_id, text))
    for row in stored.read_same_names(graph, texts):
        for term_id, text in texts[row["key"]]:
            if row["id"] not in one.entries and row["id"] not in made.plan.removed:
                yield _namesake(one, term_id, text, row["id"])


def _namesake(one: ResolvedSet, term_id: str, text: str, other: str) -> Problem:
    name = one.entries[term_id].body["name"]
    if text == name:
        remedy = f"give this one `id: {other}` if they are one term"
        message = f"“{text}” is also the name of the loaded term {other!r}, and stays another term: {remedy}."
        return Problem(one.place(term_id), "homograph", message, "warning")
    message = f"The alias “{text}” of “{name}” is the name of the loaded term {other!r}, which it means elsewhere."
    return Problem(one.place(term_id), "loaded-alias", message, "warning")


def _loaded_names(graph: Graph | None, sets: Sequence[WrittenSet], keep: bool) -> list[Named]:
    if graph is None:
        return []
    defined = {named.id for written in sets for named in named_terms(written)} if keep else None
    return stored.read_names(graph, {written.header.id for written in sets}, defined)


def _kind_problems(resolved: Sequence[ResolvedSet], others: Sequence[Mapping[str, str]]) -> list[Problem]:
    """A kind is symmetric in every set that declares it, or in none: a relation is stored once by that."""
    declared = [(row["id"], kind) for row in others for kind in from_json(row["kinds"]).values()]
    problems = []
    for one in resolved:
        for kind in one.header.kinds:
            same = (row for row in declared if row[1].id == kind.id)
            owner = next((set_id for set_id, other in same if other.symmetric != kind.symmetric), None)
            if owner is not None:
                message = (
                    f"The set {owner!r} declares the kind {kind.id!r} as "
                    f"{'directed' if kind.symmetric else 'symmetric'}: do the same here, or give yours another name."
                )
                problems.append(Problem(one.position, "kind-symmetry", message))
        declared += [(one.header.id, kind) for kind in one.header.kinds]
    return problems
