"""The loader's jobs from end to end: check files, load them, take a set away.

A job gives back data; what is printed about it is the command line's concern.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from graph import schema
from graph.connection import Graph
from graph.errors import CommitUnknown, GraphError
from graph.kinds import from_json
from loader import stored
from loader.aside import aside
from loader.checking import incomplete, judged, read_and_check
from loader.entries import Entries
from loader.formats import NO_HINTS, Hints
from loader.lease import Lease, writer_lease
from loader.model import Header, Problem, ResolvedSet, WrittenSet, header_properties
from loader.plan import SetPlan, StoredSet, plan_set
from loader.resolve import Named, named_terms, resolve_all
from loader.standing import RANKED_LATER, Stopped, Tally, sentence, standings
from loader.write import Progress, Written, write_plan, write_unload

TRIES = 3
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Options:
    """How to load. `wait` is in seconds; `strict` makes errors of warnings; without `rank`, `rank` is for later."""

    format: str | None = None
    hints: Hints = NO_HINTS
    keep: bool = False
    prune: bool = False
    allow_undefined: bool = False
    dry_run: bool = False
    strict: bool = False
    wait: float = 60.0
    rank: bool = True


@dataclass(frozen=True)
class Watcher:
    """Who is told what goes on: sentences, the phase of the job, and the rows written of those of a set."""

    notify: Callable[[str], None] = lambda text: None
    progress: Callable[[str, int, int], None] = lambda set_id, done, total: None
    phase: Callable[[str], None] = lambda text: None


@dataclass
class SetReport:
    """What happened to one set. `written` is None when nothing had to be written, or nothing was to be.

    `before` are the bodies of the changed entries as the graph kept them, `before_header` what its header said.
    """

    plan: SetPlan
    written: Written | None = None
    ranking_failed: str = ""
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    before_header: Mapping[str, Any] = field(default_factory=dict)


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


@dataclass
class Report:
    """What a load did. With errors among the problems nothing was written; `brakes` are those a dry run met."""

    problems: list[Problem] = field(default_factory=list)
    sets: list[SetReport] = field(default_factory=list)
    brakes: list[BrakeError] = field(default_factory=list)
    ranking_failed: str = ""

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]


class UnknownSetError(Exception):
    """No loaded set has that id."""


@dataclass
class Job:
    """A job under way: `wanted` are the checksums it brings about, None for a set that goes, once it is planned."""

    watcher: Watcher
    tally: Tally
    wanted: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, watcher: Watcher | None) -> "Job":
        watcher = watcher or Watcher()
        return cls(watcher, Tally(watcher.progress))

    def stopped(self, graph: Graph, verb: str) -> Stopped:
        """What stands, now that the lease is given back and no transaction of ours is under way."""

        def look() -> tuple[list[dict[str, Any]], bool]:
            other = graph.anew()
            state = other.read("load/state")[0]
            return other.read("load/sets"), state["ranked_revision"] == state["revision"]

        found = None
        if self.wanted:
            with suppress(GraphError):
                found = aside(look, LOOK_SECONDS)
        rows, ranked = found or (None, False)
        return Stopped(sentence(standings(self.wanted, self.tally, rows), ranked, verb))


def load(graph: Graph, paths: Sequence[str], options: Options, watcher: Watcher | None = None) -> Report:
    """Check, plan and write the sets of the files. Raises BrakeError, GraphError, and Stopped at Ctrl-C."""
    job = Job.of(watcher)
    try:
        return _load(graph, paths, options, job)
    except KeyboardInterrupt as error:
        raise job.stopped(graph, "written") from error


def _load(graph: Graph, paths: Sequence[str], options: Options, job: Job) -> Report:
    watcher = job.watcher
    sets, problems = read_and_check(paths, options.format, options.hints, watcher.phase)
    report = Report(judged(problems, options.strict))
    watcher.phase("Comparing with the graph")
    installed = schema.is_installed(graph)
    if options.dry_run or report.errors or not installed:
        _resolve_and_plan(graph if installed else None, sets, options, report)
        report.brakes = [] if options.prune else [BrakeError(one.plan) for one in report.sets if one.plan.brakes]
        if options.dry_run or report.errors:
            return report
    schema.install(graph)
    with writer_lease(graph, options.wait, watcher.notify) as lease:
        planned = not installed and not stored.read_sets(graph)
        for attempt in range(1, TRIES + 1):
            try:
                if not planned:
                    report = _replanned(graph, sets, options, job, problems)
                _write_sets(graph, lease, report, options, job)
                break
            except CommitUnknown:
                if attempt == TRIES:
                    raise
            watcher.notify("The server went in the middle: what it has written is looked up, and the load goes on …")
            job.tally.plan_anew()
            planned = False
        del sets  # The texts of a large set, and the ranking needs memory too.
        if options.rank and not report.errors:
            report.ranking_failed = _rank(graph, lease, watcher)
    return report


def _replanned(
    graph: Graph, sets: Sequence[WrittenSet], options: Options, job: Job, problems: Sequence[Problem]
) -> Report:
    job.watcher.phase("Comparing with the graph")
    report = Report(judged(problems, options.strict))
    _resolve_and_plan(graph, sets, options, report)
    return report


def _write_sets(graph: Graph, lease: Lease, report: Report, options: Options, job: Job) -> None:
    if report.errors:
        return
    for one in report.sets:
        if one.plan.brakes and not options.prune:
            raise BrakeError(one.plan)
    lease.extend(graph)
    job.wanted = {one.plan.header.id: one.plan.checksum for one in report.sets}
    for one in report.sets:
        if not one.plan.is_empty:
            job.watcher.phase(f"Reading what the set {one.plan.header.id} changes")
            one.written = write_plan(graph, lease, one.plan, _progress(job, one.plan.header.id, "Writing"))


def rank(graph: Graph, wait: float = 60.0, watcher: Watcher | None = None) -> str:
    """Bring importance to the graph's revision; gives the reason when it fails. Raises GraphError, Stopped."""
    watcher = watcher or Watcher()
    try:
        if not _is_ranked(graph):
            with writer_lease(graph, wait, watcher.notify) as lease:
                return _rank(graph, lease, watcher)
    except KeyboardInterrupt as error:
        raise Stopped(RANKED_LATER) from error
    return ""


def is_fresh(graph: Graph, shipped: Collection[str]) -> bool:
    """Whether the graph is empty, or holds no more than part of the shipped sets that a first load did not finish."""
    if not schema.is_installed(graph):
        return True
    loaded = {row["id"] for row in stored.read_sets(graph)}
    return not loaded or (loaded <= set(shipped) and graph.read_all("load/state")[0]["ranked_revision"] is None)


def unload(graph: Graph, set_id: str, wait: float = 60.0, watcher: Watcher | None = None) -> SetReport:
    """Take a set away; what other sets say of its terms is shown again.

    Raises UnknownSetError, GraphError, and Stopped at Ctrl-C.
    """
    job = Job.of(watcher)
    try:
        return _unload(graph, set_id, wait, job)
    except KeyboardInterrupt as error:
        raise job.stopped(graph, "taken away") from error


def _unload(graph: Graph, set_id: str, wait: float, job: Job) -> SetReport:
    watcher = job.watcher
    if not schema.is_installed(graph):
        raise UnknownSetError(f"No set {set_id!r} is loaded: the database is empty.")
    with writer_lease(graph, wait, watcher.notify) as lease:
        rows = {row["id"]: row for row in stored.read_sets(graph)}
        if set_id not in rows:
            _rank(graph, lease, watcher)  # what an unload that was killed at its very end has left to do
            raise UnknownSetError(f"No set {set_id!r} is loaded; these are: {', '.join(rows) or 'none'}.")
        watcher.phase(f"Reading what the set {set_id} leaves")
        report = SetReport(_removal(stored.read_stored(graph, rows[set_id])))
        lease.extend(graph)
        job.wanted = {set_id: None}
        report.written = write_unload(graph, lease, report.plan, _progress(job, set_id, "Taking away"))
        report.ranking_failed = _rank(graph, lease, watcher)
    return report


def _resolve_and_plan(graph: Graph | None, sets: Sequence[WrittenSet], options: Options, report: Report) -> None:
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
    made = SetReport(plan_set(one, stored.read_stored(graph, row), options.keep), before_header=before)
    made.before = stored.read_entries(graph, one.header.id, made.plan.changed)
    return made


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


def _removal(kept: StoredSet) -> SetPlan:
    return SetPlan(
        header=Header(id=kept.id, title=str(kept.properties.get("title") or kept.id)),
        checksum="",
        entries=Entries(),
        added=(),
        changed=(),
        removed=tuple(sorted(kept.entries)),
        kept=(),
        unchanged=0,
        header_changed=False,
        unfinished=not kept.ready,
    )


def _progress(job: Job, set_id: str, verb: str) -> Progress:
    def advance(done: int, total: int) -> None:
        if done == 0:
            job.watcher.phase(f"{verb} the set {set_id}")
        job.tally.advance(set_id, done, total)

    return Progress(advance)


def _is_ranked(graph: Graph) -> bool:
    return all(row["ranked_revision"] == row["revision"] for row in graph.read_all("load/state"))


def _rank(graph: Graph, lease: Lease, watcher: Watcher) -> str:
    """Bring importance to the graph's revision. It is derived: when it fails the load stands; gives the reason then."""
    if _is_ranked(graph):
        return ""
    watcher.phase("Computing the importance of the terms")
    # Its libraries take half a second to import, which a load that changes nothing need not pay.
    from loader.importance import update_importance

    try:
        update_importance(graph, lease)
    except GraphError as error:
        return str(error)
    return ""
