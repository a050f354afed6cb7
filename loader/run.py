"""The loader's jobs: load files, take a set away, rank.

A job gives back data; what is printed about it is the command line's concern. What only some jobs need is imported by
them: a load that was done before is over at once, and most of that time would be imports.
"""

from collections.abc import Collection, Sequence

from graph import schema
from graph.connection import Graph
from loader import ranking
from loader.again import load_key, nothing_to_do
from loader.job import Job, Watcher
from loader.lease import writer_lease
from loader.report import Options, Report, SetReport
from loader.sources import Source, find_sources
from loader.standing import RANKED_LATER, Stopped
from loader.stored import read_sets


def load(graph: Graph, paths: Sequence[str], options: Options, watcher: Watcher | None = None) -> Report:
    """Check, plan and write the sets of the files. Raises BrakeError, GraphError, and Stopped at Ctrl-C."""
    job = Job.of(watcher)
    try:
        return _load(graph, paths, options, job)
    except KeyboardInterrupt as error:
        raise job.stopped(graph, "written") from error


def _load(graph: Graph, paths: Sequence[str], options: Options, job: Job) -> Report:
    sources = find_sources(paths, options.format)
    key = load_key((one for one in sources if isinstance(one, Source)), options.meaning)
    installed = schema.is_installed(graph)
    if installed and not options.dry_run and (report := nothing_to_do(graph, key)):
        return report
    from loader.loading import load_anew

    return load_anew(graph, sources, key, installed, options, job)


def unload(graph: Graph, set_id: str, wait: float = 60.0, watcher: Watcher | None = None) -> SetReport:
    """Take a set away; what other sets say of its terms is shown again.

    Raises UnknownSetError, GraphError, and Stopped at Ctrl-C.
    """
    from loader.unloading import unload_set

    job = Job.of(watcher)
    try:
        return unload_set(graph, set_id, wait, job)
    except KeyboardInterrupt as error:
        raise job.stopped(graph, "taken away") from error


def rank(graph: Graph, wait: float = 60.0, watcher: Watcher | None = None) -> str:
    """Bring importance to the graph's revision; gives the reason when it fails. Raises GraphError, Stopped."""
    watcher = watcher or Watcher()
    try:
        if not ranking.is_ranked(graph):
            with writer_lease(graph, wait, watcher.notify) as lease:
                return ranking.rank(graph, lease, watcher.phase)
    except KeyboardInterrupt as error:
        raise Stopped(RANKED_LATER) from error
    return ""


def is_fresh(graph: Graph, shipped: Collection[str]) -> bool:
    """Whether the graph is empty, or holds no more than part of the shipped sets that a first load did not finish."""
    if not schema.is_installed(graph):
        return True
    loaded = {row["id"] for row in read_sets(graph)}
    return not loaded or (loaded <= set(shipped) and graph.read_all("load/state")[0]["ranked_revision"] is None)
