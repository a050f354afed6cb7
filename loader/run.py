"""The loader's jobs from end to end: check files, load them, take a set away.

A job gives back data; what is printed about it is the command line's concern.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from graph import schema
from graph.connection import Graph
from graph.errors import GraphError
from graph.kinds import from_json
from loader import stored
from loader.checking import incomplete, read_and_check
from loader.formats import NO_HINTS, Hints
from loader.lease import Lease, writer_lease
from loader.model import Header, Problem, ResolvedSet, WrittenSet
from loader.plan import SetPlan, StoredSet, plan_set
from loader.resolve import resolve_all
from loader.write import Progress, Written, write_plan, write_unload


@dataclass(frozen=True)
class Options:
    """How to load. `wait` is in seconds."""

    format: str | None = None
    hints: Hints = NO_HINTS
    keep: bool = False
    prune: bool = False
    allow_undefined: bool = False
    dry_run: bool = False
    wait: float = 60.0


@dataclass(frozen=True)
class Watcher:
    """Who is told what goes on: sentences, and progress by rows."""

    notify: Callable[[str], None] = lambda text: None
    progress: Callable[[str, int, int], None] = lambda what, done, total: None


@dataclass
class SetReport:
    """What happened to one set. `written` is None when nothing had to be written, or nothing was to be."""

    plan: SetPlan
    written: Written | None = None
    ranking_failed: str = ""


@dataclass
class Report:
    """What a load did. With errors among the problems nothing was written."""

    problems: list[Problem] = field(default_factory=list)
    sets: list[SetReport] = field(default_factory=list)
    ranked: int | None = None
    ranking_failed: str = ""

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]


class BrakeError(Exception):
    """A load would remove so much of a set that it needs a word of confirmation."""

    def __init__(self, plan: SetPlan) -> None:
        self.plan = plan
        names = ", ".join(plan.removed[:10])
        more = f" and {len(plan.removed) - 10} more" if len(plan.removed) > 10 else ""
        super().__init__(
            f"This load would remove {len(plan.removed)} of the {plan.size_before} "
            f"terms of the set {plan.header.id!r} ({names}{more}): say --prune if that is meant, --keep to keep them."
        )


class UnknownSetError(Exception):
    """No loaded set has that id."""


def load(graph: Graph, paths: Sequence[str], options: Options, watcher: Watcher | None = None) -> Report:
    """Check, plan and write the sets of the files. Raises BrakeError, GraphError."""
    watcher = watcher or Watcher()
    sets, problems = read_and_check(paths, options.format, options.hints)
    report = Report(problems=sorted(problems))
    if options.dry_run or report.errors:
        _resolve_and_plan(graph if schema.is_installed(graph) else None, sets, options, report)
        return report
    schema.install(graph)
    with writer_lease(graph, options.wait, watcher.notify) as lease:
        plans = _resolve_and_plan(graph, sets, options, report)
        for plan in plans:
            if plan.brakes and not options.prune:
                raise BrakeError(plan)
        for one in report.sets:
            if not one.plan.is_empty:
                one.written = write_plan(graph, lease, one.plan, _progress(watcher, one.plan.header.id))
        if any(one.written for one in report.sets):
            _rank(graph, lease, report)
    return report


def unload(graph: Graph, set_id: str, wait: float = 60.0, watcher: Watcher | None = None) -> SetReport:
    """Take a set away; what other sets say of its terms is shown again. Raises UnknownSetError, GraphError."""
    watcher = watcher or Watcher()
    if not schema.is_installed(graph):
        raise UnknownSetError(f"No set {set_id!r} is loaded: the database is empty.")
    with writer_lease(graph, wait, watcher.notify) as lease:
        kept = stored.read_stored(graph, set_id)
        if kept is None:
            known = ", ".join(row["id"] for row in stored.read_sets(graph)) or "none"
            raise UnknownSetError(f"No set {set_id!r} is loaded; these are: {known}.")
        report = SetReport(_removal(kept))
        report.written = write_unload(graph, lease, report.plan, _progress(watcher, set_id))
        ranking = Report()
        _rank(graph, lease, ranking)
    report.ranking_failed = ranking.ranking_failed
    return report


def _resolve_and_plan(
    graph: Graph | None, sets: Sequence[WrittenSet], options: Options, report: Report
) -> list[SetPlan]:
    names = stored.read_names(graph) if graph else []
    resolved, problems = resolve_all(sets, names, options.allow_undefined or incomplete(report.problems))
    loaded = stored.read_sets(graph) if graph else []
    problems += _kind_problems(resolved, loaded)
    report.problems = sorted(report.problems + problems)
    if report.errors:
        return []
    plans = [plan_set(one, _stored(graph, one.header.id), options.keep) for one in resolved]
    report.sets = [SetReport(plan) for plan in plans]
    return plans


def _stored(graph: Graph | None, set_id: str) -> StoredSet | None:
    return stored.read_stored(graph, set_id) if graph else None


def _kind_problems(resolved: Sequence[ResolvedSet], loaded: Sequence[dict[str, str]]) -> list[Problem]:
    """A kind is symmetric in every set that declares it, or in none: a relation is stored once by that."""

    known = {kind.id: (str(row["id"]), kind.symmetric) for row in loaded for kind in from_json(row["kinds"]).values()}
    problems = []
    for one in resolved:
        for kind in one.header.kinds:
            owner, symmetric = known.setdefault(kind.id, (one.header.id, kind.symmetric))
            if owner != one.header.id and symmetric != kind.symmetric:
                message = (
                    f"The set {owner!r} declares the kind {kind.id!r} as {'symmetric' if symmetric else 'directed'}: "
                    "do the same here, or give yours another name."
                )
                problems.append(Problem(one.position, "kind-symmetry", message))
    return problems


def _removal(kept: StoredSet) -> SetPlan:
    return SetPlan(
        header=Header(id=kept.id, title=str(kept.properties.get("title") or kept.id)),
        checksum="",
        entries={},
        added=(),
        changed=(),
        removed=tuple(sorted(kept.entries)),
        kept=(),
        unchanged=0,
        header_changed=False,
        unfinished=False,
    )


def _progress(watcher: Watcher, set_id: str) -> Progress:
    return Progress(lambda done, total: watcher.progress(set_id, done, total))


def _rank(graph: Graph, lease: Lease, report: Report) -> None:
    """Importance is derived: when it fails the load stands, and the report says so."""
    # Its libraries take half a second to import, which a load that changes nothing need not pay.
    from loader.importance import update_importance

    try:
        report.ranked = update_importance(graph, lease)
    except GraphError as error:
        report.ranking_failed = str(error)
