"""How fast `conceptmap load` is beside other ways to write the same: `python -m bench.load [--help]`, or `make bench`.

Each way runs in a process of its own against a fresh server that it has warmed up on a small set; of several runs the
median counts. Every line is a row of a Markdown table, with a limit where there is one.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

import psutil

from bench import inputs
from bench.options import parse, parser
from bench.processes import Failed, Server, fresh, job
from graph import Engine

WARM_TERMS = 2_000
WARM_TIMES = 3
YAML_MEGABYTES = 6
AGAIN, BARE, PY2NEO, SINGLE, YAML_SPEED = 0.1, 1.3, 1.0, 50, 2
COLUMNS = ("engine", "set", "what", "figure", "ratio", "limit", "kept")
Figures = dict[str, float]


@dataclass(frozen=True)
class Input:
    """A term set to measure with: how to write it to a file, and the most MB that loading it may take."""

    title: str
    write: Callable[[Path], tuple[int, int]]
    megabytes: float | None = None


@dataclass(frozen=True)
class Line:
    """A row of the table; `kept` is None where there is no limit."""

    what: str
    figure: str
    ratio: str = ""
    limit: str = ""
    kept: bool | None = None

    def row(self, engine: str, title: str) -> str:
        kept = "" if self.kept is None else "kept" if self.kept else "NOT kept"
        return f"| {' | '.join((engine, title, self.what, self.figure, self.ratio, self.limit, kept))} |"


INPUTS = {
    "generated": Input("10,000 generated", partial(inputs.generated, terms=10_000)),
    "wordnet": Input("WordNet", inputs.wordnet, 300),
    "million": Input("1,000,000 generated", partial(inputs.generated, terms=1_000_000), 1_000),
}
PHASES = {"read": "reading and checking", "plan": "resolving and planning", "write": "writing", "rank": "ranking"}
PEERS = {"bare": "bare driver loop", "py2neo": "py2neo.bulk", "single": "one statement a row, extrapolated"}


def main() -> None:
    """Print the table row by row, as the figures come."""
    options = _options()
    memory = psutil.virtual_memory().total / 2**30
    print(f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {date.today()}, median of {options.runs}.\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs.yaml_text(folder / "text.yaml", YAML_MEGABYTES)
        for line in _yaml_lines(_medians([_yaml(folder / "text.yaml") for _ in range(options.runs)])):
            print(line.row("none", f"YAML of {YAML_MEGABYTES} MB"), flush=True)
        inputs.generated(folder / "warm.jsonl", WARM_TERMS)
        for key in options.set:
            given = INPUTS[key]
            given.write(folder / "set.jsonl")
            for engine in options.engine:
                for line in lines(engine, given.megabytes, *_measured(engine, folder, options.runs)):
                    print(line.row(engine, given.title), flush=True)


def lines(
    engine: Engine, megabytes: float | None, figures: Mapping[str, float], failed: Mapping[str, str]
) -> Iterator[Line]:
    """The rows for one set on one engine. `failed` are the reasons of the peers that could not be measured."""
    ours = figures["read"] + figures["plan"] + figures["write"]
    ranked = ours + figures["rank"]
    yield Line(
        "`conceptmap load`, the whole process", _seconds(figures["load"]), _ratio("bare", figures["load"], figures)
    )
    yield Line("phase: starting and ending the process", _seconds(figures["whole"] - ranked))
    for phase, words in PHASES.items():
        yield Line(f"phase: {words}", _seconds(figures[phase]), _ratio("bare", figures[phase], figures))
    bare = figures.get("bare")
    kept = None if bare is None else ours <= BARE * bare
    yield Line(
        "load without start and ranking", _seconds(ours), _ratio("bare", ours, figures), f"≤ {BARE} × bare", kept
    )
    yield Line("load without start, with ranking", _seconds(ranked), _ratio("bare", ranked, figures))
    again = figures["again"] / figures["load"]
    yield Line("the same load again", _seconds(figures["again"]), f"{again:.2f} × first", f"≤ {AGAIN}", again <= AGAIN)
    limit = "" if megabytes is None else f"≤ {megabytes:,.0f} MB"
    kept = None if megabytes is None else figures["memory"] <= megabytes
    yield Line("peak memory of `conceptmap load`", f"{figures['memory']:,.0f} MB", "", limit, kept)
    for peer, words in PEERS.items():
        if peer in failed:
            yield Line(words, "none", f"does not work: {failed[peer]}")
        else:
            yield _peer(engine, peer, figures[peer], ours)


def _peer(engine: Engine, peer: str, seconds: float, ours: float) -> Line:
    share = seconds / ours
    ratio = f"{share:.2f} × load"
    if peer == "py2neo":
        return Line(PEERS[peer], _seconds(seconds), ratio, "≥ load", ours <= PY2NEO * seconds)
    if peer == "single" and engine == "neo4j":
        return Line(PEERS[peer], _seconds(seconds), ratio, f"≥ {SINGLE} × load", share >= SINGLE)
    return Line(PEERS[peer], _seconds(seconds), ratio)


def _measured(engine: Engine, folder: Path, runs: int) -> tuple[Figures, dict[str, str]]:
    """The medians of all figures for the set in the folder, and why peers failed. All ways take turns."""
    rounds: list[Figures] = []
    failed: dict[str, str] = {}
    for _ in range(runs):
        figures = _load(engine, folder) | _phases(engine, folder)
        for peer in PEERS:
            try:
                figures |= {} if peer in failed else _peer_seconds(engine, folder, peer)
            except Failed as error:
                failed[peer] = str(error).replace("|", "/")
        rounds.append(figures)
    return _medians(rounds), failed


def _load(engine: Engine, folder: Path) -> Figures:
    with fresh(engine) as server:
        _warm(server, lambda: server.load(folder / "warm.jsonl"))
        server.job("rows", folder / "warm.rows")
        server.job("ready")
        first = server.load(folder / "set.jsonl")
        again = server.load(folder / "set.jsonl")
        server.job("rows", folder / "set.rows")
    return {"load": first.seconds, "memory": first.megabytes, "again": again.seconds}


def _phases(engine: Engine, folder: Path) -> Figures:
    with fresh(engine) as server:
        _warm(server, lambda: server.job("phases", folder / "warm.jsonl"))
        server.job("ready")
        return server.job("phases", folder / "set.jsonl")


def _peer_seconds(engine: Engine, folder: Path, peer: str) -> Figures:
    with fresh(engine) as server:
        _warm(server, lambda: server.job(peer, folder / "warm.rows"))
        server.job("ready")
        return {peer: server.job(peer, folder / "set.rows")["seconds"]}


def _yaml(text: Path) -> Figures:
    return job("yaml", text, environment=dict(os.environ))


def _yaml_lines(figures: Figures) -> Iterator[Line]:
    ours, plain = figures["ours"], figures["plain"]
    limit = f"≥ {YAML_SPEED} MB/s"
    yield Line("`read_yaml`", f"{ours:.1f} MB/s", f"{ours / plain:.2f} × plain", limit, ours >= YAML_SPEED)
    yield Line("plain `yaml.load` with CSafeLoader", f"{plain:.1f} MB/s")


def _warm(server: Server, work: Callable[[], object]) -> None:
    """Let the server compile what the work needs, each time in an empty database with the schema installed."""
    for _ in range(WARM_TIMES):
        server.job("ready")
        work()


def _medians(rounds: Sequence[Figures]) -> Figures:
    """Of each figure that every round has."""
    return {key: median(one[key] for one in rounds) for key in rounds[0] if all(key in one for one in rounds)}


def _seconds(seconds: float) -> str:
    return f"{seconds:,.1f} s"


def _ratio(peer: str, seconds: float, figures: Mapping[str, float]) -> str:
    return f"{seconds / figures[peer]:.2f} × {peer}" if peer in figures else ""


def _options() -> argparse.Namespace:
    made = parser("load", INPUTS, "generated and wordnet", "runs of each figure, of which the median counts")
    return parse(made, ("generated", "wordnet"))


if __name__ == "__main__":
    try:
        main()
    except Failed as error:
        sys.exit(f"The bench ends here: {error}")
