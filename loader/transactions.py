"""Runs the steps of a write in managed transactions under the writer's lease: few in one, many in one each, of which
some may run at the same time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from graph.connection import Graph, Writing
from graph.errors import GraphChanged, QueryFailed
from loader.ahead import ahead
from loader.lease import LEASE_SECONDS, Lease
from loader.side_by_side import side_by_side

Step = Callable[[Writing], None]
Counters = dict[str, int]


@dataclass(frozen=True)
class Progress:
    """Called with the number of rows written so far and in all."""

    advance: Callable[[int, int], None] = lambda done, total: None


@dataclass
class Written:
    """What was sent and what the server counted."""

    rows: int = 0
    transactions: int = 0
    counters: Counters = field(default_factory=dict)

    def add(self, counters: Counters) -> None:
        """One more transaction."""
        self.transactions += 1
        for key, value in counters.items():
            self.counters[key] = self.counters.get(key, 0) + value


@dataclass(frozen=True)
class Stage:
    """Steps with their numbers of rows, made as they are run, and begun once all that comes before is written.

    `free`: none of them changes what another one changes or reads, so they may be written in any order and at the same
    time. `ready`: they can be made before what comes before them is written.
    """

    steps: Iterable[tuple[int, Step]]
    free: bool = False
    ready: bool = True


@dataclass(frozen=True)
class Work:
    """Stages, and the number of all their rows."""

    total: int
    stages: Iterable[Stage]


def writers(graph: Graph) -> int:
    """How many transactions may be under way at once. Neo4j gives each a core; ArcadeDB would have to repeat one of two
    that meet on a page.
    """
    return 2 if graph.engine == "neo4j" else 1


def run_all(graph: Graph, lease: Lease, begin: Step, work: Work, finish: Step, progress: Progress, few: int) -> Written:
    """Run all steps in one transaction when their rows are `few`, else each in one of its own."""
    total, written = work.total, Written()
    progress.advance(0, total)
    if total <= few:
        steps = [step for stage in work.stages for _, step in stage.steps]
        written.add(_run(graph, lease, begin, *steps, finish))
        written.rows = total
    else:
        written.add(_run(graph, lease, begin))
        for stage in work.stages:
            for rows, counters in _staged(graph, lease, stage):
                written.add(counters)
                written.rows += rows
                if written.rows < total:
                    progress.advance(written.rows, total)
        written.add(_run(graph, lease, finish))
    progress.advance(total, total)
    return written


def _staged(graph: Graph, lease: Lease, stage: Stage) -> Iterator[tuple[int, Counters]]:
    """The number of rows of each step that is written, and what the server counted."""
    steps = ahead(stage.steps) if stage.ready else stage.steps
    if stage.free and (most := writers(graph)) > 1:

        def write(one: tuple[int, Step]) -> tuple[int, Counters]:
            return one[0], _run(graph, lease, one[1], verified_last=True)

        # Until its end none of them keeps the lease, which holds three times as long as nobody extends it here.
        yield from side_by_side(steps, write, most, lambda: lease.extend(graph), LEASE_SECONDS / 3)
    else:
        for rows, step in steps:
            yield rows, _run(graph, lease, step)


def _run(graph: Graph, lease: Lease, *steps: Step, verified_last: bool = False) -> Counters:
    """One transaction. Who has verified the lease keeps others from it until his transaction ends: where several are
    under way each does so last.
    """
    parts = (*steps, lease.verify) if verified_last else (lease.verify, *steps)

    def attempt(tx: Writing) -> None:
        for part in parts:
            part(tx)

    try:
        return graph.write(attempt)[1]
    except (QueryFailed, GraphChanged):
        lease.extend(graph)  # if another has taken over while we slept in the middle, that is the reason
        raise
