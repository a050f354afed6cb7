"""The loader's jobs from end to end: check files, load them, take a set away.

A job gives back data; what is printed about it is the command line's concern.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from graph import schema
from graph.connection import Graph
from graph.errors import CommitUnknown, GraphError
from loader import stored
from loader.again import Known, known, load_key, remember
from loader.aside import aside
from loader.checking import judged, read_and_check
from loader.entries import Entries
from loader.lease import Lease, writer_lease
from loader.model import Header, Problem, WrittenSet
from loader.plan import SetPlan, StoredSet
from loader.planning import resolve_and_plan
from loader.report import BrakeError, Options, Report, SetReport
from loader.sources import Source, find_sources
from loader.standing import RANKED_LATER, Stopped, Tally, sentence, standings
from loader.write import Progress, write_plan, write_unload

TRIES = 3
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Watcher:
    """Who is told what goes on: sentences, the phase of the job, and the rows written of those of a set."""

    notify: Callable[[str], None] = lambda text: None
    progress: Callable[[str, int, int], None] = lambda set_id, done, total: None
    phase: Callable[[str], None] = lambda text: None


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
    sources = find_sources(paths, options.format)
    key = load_key((one for one in sources if isinstance(one, Source)), options.meaning)
    installed = schema.is_installed(graph)
    if installed and not options.dry_run and (report := _nothing_to_do(graph, key)):
        return report
    sets, problems = read_and_check(sources, options.hints, watcher.phase)
    sources.clear()
    report = Report(judged(problems, options.strict))
    watcher.phase("Comparing with the graph")
    if options.dry_run or report.errors or not installed:
        resolve_and_plan(graph if installed else None, sets, options, report)
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
            if not report.ranking_failed:
                checksums = {one.plan.header.id: one.plan.checksum for one in report.sets}
                # All is written and ranked; a load that could not be noted is only looked at again.
                with suppress(GraphError):
                    remember(graph, lease, Known(key, checksums, len(report.problems)))
    return report


def _nothing_to_do(graph: Graph, key: str) -> Report | None:
    """What is told of a load that was done before, on a graph that has not changed since."""
    rows = {row["id"]: row for row in stored.read_sets(graph)}
    if (found := known(graph, key, list(rows.values()))) is None:
        return None
    sets = [SetReport(_unchanged(rows[set_id])) for set_id in found.sets]
    return Report(sets=sets, known_warnings=found.warnings)


def _unchanged(row: Mapping[str, Any]) -> SetPlan:
    header = Header(id=row["id"], title=row["title"])
    return SetPlan(header, row["checksum"], Entries(), (), (), (), (), row["size"], False, False)


def _replanned(
    graph: Graph, sets: Sequence[WrittenSet], options: Options, job: Job, problems: Sequence[Problem]
) -> Report:
    job.watcher.phase("Comparing with the graph")
    report = Report(judged(problems, options.strict))
    resolve_and_plan(graph, sets, options, report)
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
