"""A load that has something to do, or may have: read and check the files, plan against the graph, write, rank."""

from collections.abc import Sequence
from contextlib import suppress

from graph import schema
from graph.connection import Graph
from graph.errors import CommitUnknown, GraphError
from loader import stored
from loader.again import Known, remember
from loader.checking import judged, read_and_check
from loader.job import Job
from loader.lease import Lease, writer_lease
from loader.model import Problem, WrittenSet
from loader.planning import resolve_and_plan
from loader.ranking import rank
from loader.report import BrakeError, Options, Report
from loader.sources import Source
from loader.transactions import Progress
from loader.write import write_plan

TRIES = 3


def load_anew(
    graph: Graph, sources: list[Source | Problem], key: str, installed: bool, options: Options, job: Job
) -> Report:
    """Bring the graph to what the sources say, and remember under the key that it was done.

    `installed`: the graph was ours before. The sources are given up once they are read.
    """
    watcher = job.watcher
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
            report.ranking_failed = rank(graph, lease, watcher.phase)
            if not report.ranking_failed:
                checksums = {one.plan.header.id: one.plan.checksum for one in report.sets}
                # All is written and ranked; a load that could not be noted is only looked at again.
                with suppress(GraphError):
                    remember(graph, lease, Known(key, checksums, len(report.problems)))
    return report


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
            progress = Progress(job.advance(one.plan.header.id, "Writing"))
            one.written = write_plan(graph, lease, one.plan, progress)
