"""Taking a set away: its entries go, and what other sets say of its terms is shown again."""

from graph import schema
from graph.connection import Graph
from loader import stored
from loader.entries import Entries
from loader.job import Job
from loader.lease import writer_lease
from loader.model import Header
from loader.plan import SetPlan, StoredSet
from loader.ranking import rank
from loader.report import SetReport, UnknownSetError
from loader.transactions import Progress
from loader.write import write_unload


def unload_set(graph: Graph, set_id: str, wait: float, job: Job) -> SetReport:
    """Take the set away. Raises UnknownSetError."""
    watcher = job.watcher
    if not schema.is_installed(graph):
        raise UnknownSetError(f"No set {set_id!r} is loaded: the database is empty.")
    with writer_lease(graph, wait, watcher.notify) as lease:
        rows = {row["id"]: row for row in stored.read_sets(graph)}
        if set_id not in rows:
            rank(graph, lease, watcher.phase)  # what an unload that was killed at its very end has left to do
            raise UnknownSetError(f"No set {set_id!r} is loaded; these are: {', '.join(rows) or 'none'}.")
        watcher.phase(f"Reading what the set {set_id} leaves")
        report = SetReport(_removal(stored.read_stored(graph, rows[set_id])))
        lease.extend(graph)
        job.wanted = {set_id: None}
        progress = Progress(job.advance(set_id, "Taking away"))
        report.written = write_unload(graph, lease, report.plan, progress)
        report.ranking_failed = rank(graph, lease, watcher.phase)
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
