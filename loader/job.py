"""A job of the loader under way: who is told what goes on, and what stands when somebody ends it in the middle."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from graph.connection import Graph
from graph.errors import GraphError
from loader.aside import aside
from loader.standing import Stopped, Tally, sentence, standings

LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Watcher:
    """Who is told what goes on: sentences, the phase of the job, and the rows written of those of a set."""

    notify: Callable[[str], None] = lambda text: None
    progress: Callable[[str, int, int], None] = lambda set_id, done, total: None
    phase: Callable[[str], None] = lambda text: None


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
        """What stands, now that the lease is given back: what of ours may be under way yet is undone at its end."""

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

    def advance(self, set_id: str, verb: str) -> Callable[[int, int], None]:
        """What is called with the numbers of rows of a set that are written, and that there are."""

        def told(done: int, total: int) -> None:
            if done == 0:
                self.watcher.phase(f"{verb} the set {set_id}")
            self.tally.advance(set_id, done, total)

        return told
