"""How fast the explorer is: `python -m bench.explorer [--help]`, or `make bench`.

Measured in Chromium, with a clock in the explorer's own page, beside the same statements sent by the driver alone and
beside a page that has cytoscape.js and nothing else. Every line is a row of a Markdown table.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from math import ceil
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Error as PlaywrightError

from bench import inputs, page, reading
from bench.load import COLUMNS, Line
from bench.options import parse, parser
from bench.page import Chromium, Clicks, Start
from bench.processes import ROOT, Failed, Server, environment, explorer
from bench.reading import Reads
from graph import Engine
from graph.connection import Graph
from tests import provide

CLICKS = 30
WORDS = 30
STARTS = 3
WIDE = 500
RATIOS = (1, 2)
PANEL, DRAWN, KEY, FRAMES, GROWTH = 100, 150, 80, 50, 1.5
SETTLED = {60: 250, 300: 600}
COLD, WARM = (2_500, 1_600_000), (1_000, 60_000)


@dataclass(frozen=True)
class Input:
    """What is loaded: the ids of its sets."""

    title: str
    sets: tuple[str, ...]


INPUTS = {
    "small": Input("the shipped sets", ("ai", "knowledge-graphs")),
    "wordnet": Input("WordNet", ("wordnet",)),
    "generated": Input("10,000 generated", ("generated-10000",)),
    "million": Input("1,000,000 generated", ("generated-1000000",)),
}
Lines = Iterator[Line]


def main() -> None:
    """Print the table row by row, as the figures come."""
    options = _options()
    memory = psutil.virtual_memory().total / 2**30
    print(f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {date.today()}.\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with _home(options.home) as home, page.chromium() as browser:
        for engine in options.engine:
            small = None
            for key in dict.fromkeys([*(["generated"] if _grows(options.set) else []), *options.set]):
                with _loaded(engine, home, key) as (server, graph):
                    found = reading.reads(graph)
                    small = small or percentile(found.neighbourhood, 0.5)
                    if key in options.set:
                        beside = small if _grows([key]) else None
                        lines = chain(reading_lines(found, beside), _page_lines(browser, server, graph, found, options))
                        for line in lines:
                            print(line.row(engine, INPUTS[key].title), flush=True)


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest of the times that so large a share of them does not exceed."""
    return sorted(times)[max(ceil(share * len(times)), 1) - 1]


def reading_lines(found: Reads, small: float | None) -> Lines:
    """What the database is asked. `small` is the median for a term with its neighbours among 10,000."""
    sent = len(found.one)
    yield Line("a term with its neighbours: round trips", str(sent), "", "≤ 1", sent <= 1)
    yield Line("a click on a term that was not asked for before: round trips", str(len(found.all)))
    times = found.neighbourhood
    yield Line("a term with its neighbours", _figure(times), _ratio(times, found.bare, "bare query"))
    if small is not None:
        growth = percentile(times, 0.5) / small
        limit = f"≤ {GROWTH} × among 10,000"
        yield Line(
            "a term with its neighbours, half of all",
            f"{percentile(times, 0.5):.1f} ms",
            f"{growth:.2f} × among 10,000",
            limit,
            growth <= GROWTH,
        )


def click_lines(clicks: Clicks, size: int, bare: Sequence[float]) -> Lines:
    """Clicks on a map of about `size` terms; `bare` are the statements of a click, sent by the driver alone."""
    where = f", {clicks.nodes} terms on the map"
    yield _timed(f"click to panel{where}", clicks.panel, _ratio(clicks.panel, bare, "bare queries"), PANEL)
    yield _timed(f"click to neighbours drawn{where}", clicks.drawn, _ratio(clicks.drawn, bare, "bare queries"), DRAWN)
    beside = _ratio(clicks.settled, clicks.bare, "bare cytoscape.js")
    yield _timed(f"click to a map that stands still{where}", clicks.settled, beside, SETTLED[size])


def key_lines(single: Sequence[float], burst: Sequence[float], bare: Sequence[float]) -> Lines:
    """Keystrokes; `bare` is the statement that reads the suggested terms, sent by the driver alone."""
    yield _timed("keystroke to suggestions", single, _ratio(single, bare, "bare query"), KEY)
    what = f"last of {page.BURST} letters typed without a pause to suggestions"
    yield _timed(what, burst, _ratio(burst, bare, "bare query"), KEY)


def start_lines(cold: Sequence[Start], warm: Sequence[Start]) -> Lines:
    """Starts of the page; of several the median counts."""
    for name, some, (most, bytes_) in (("cold", cold, COLD), ("warm", warm, WARM)):
        took = median(one.milliseconds for one in some)
        sent = median(one.transferred for one in some)
        yield Line(f"start to a usable map, {name}", f"{took:,.0f} ms", "", f"≤ {most:,} ms", took <= most)
        figure = f"{sent / 1000:,.0f} KB"
        yield Line(f"transferred, {name}", figure, "", f"≤ {bytes_ / 1000:,.0f} KB", sent <= bytes_)


def frame_line(ours: float, bare: float, ratio: int) -> Line:
    """Frames a second of a map that is dragged, ours and those of a page that has cytoscape.js alone."""
    what = f"dragging {WIDE} terms at a device pixel ratio of {ratio}"
    return Line(what, f"{ours:.0f} frames/s", f"{ours / bare:.2f} × bare cytoscape.js", f"≥ {FRAMES}", ours >= FRAMES)


def _page_lines(browser: Chromium, server: Server, graph: Graph, found: Reads, options: argparse.Namespace) -> Lines:
    """What is measured in the page; what fails there is told in its line, and the rest is measured all the same."""
    terms = graph.read("load/counts")[0]["terms"]
    top = [row["id"] for row in graph.read_all("explore/overview", limit=2 * WORDS * options.runs)]
    names = [row["name"] for row in graph.read("explore/briefs", ids=top) if len(row["name"]) >= page.BURST]
    words = sorted(names)[: WORDS * options.runs]
    skipped = set(top[:2])
    number = CLICKS * options.runs
    with explorer(server.environment) as url:

        def started() -> list[Line]:
            both = [page.starts(browser, url) for _ in range(STARTS * options.runs)]
            return list(start_lines([cold for cold, _ in both], [warm for _, warm in both]))

        def clicked(size: int, query: str) -> list[Line]:
            return list(click_lines(page.clicks(browser, url, query, skipped, number), size, found.click))

        def dragged(ratio: int) -> list[Line]:
            scene = reading.wide_scene(graph, WIDE)
            return [frame_line(*page.frames(browser, url, scene, ratio), ratio)]

        yield from _told("start", started)
        yield from _told("click, about 60 terms", partial(clicked, 60, f"?open={top[0]},{top[1]}"))
        if terms >= WIDE:
            yield from _told("click, about 300 terms", partial(clicked, 300, f"?focus={top[0]}&depth=3"))
        yield from _told("keystroke", lambda: list(key_lines(*page.keystrokes(browser, url, words), found.suggestions)))
        if terms >= WIDE:
            for ratio in RATIOS:
                yield from _told(f"dragging, ratio {ratio}", partial(dragged, ratio))


def _told(what: str, measured: Callable[[], list[Line]]) -> list[Line]:
    try:
        return measured()
    except PlaywrightError as error:
        reason = str(error).splitlines()[0].replace("|", "/")
        return [Line(what, "none", f"does not work: {reason}")]


def _timed(what: str, times: Sequence[float], ratio: str, most: float) -> Line:
    return Line(what, _figure(times), ratio, f"≤ {most} ms", percentile(times, 0.95) <= most)


def _figure(times: Sequence[float]) -> str:
    digits = 1 if percentile(times, 0.95) < 10 else 0
    return f"{percentile(times, 0.95):,.{digits}f} ms (half in {percentile(times, 0.5):,.{digits}f})"


def _ratio(ours: Sequence[float], bare: Sequence[float], what: str) -> str:
    return f"{percentile(ours, 0.95) / percentile(bare, 0.95):,.2f} × {what}"


def _grows(keys: Sequence[str]) -> bool:
    """Whether any of these sets is held against 10,000 terms."""
    return any(key in ("wordnet", "million") for key in keys)


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given.resolve()
    else:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield Path(folder)


@contextmanager
def _loaded(engine: Engine, home: Path, key: str) -> Iterator[tuple[Server, Graph]]:
    """A server that holds this set and no other; one that is in its data folder already is not loaded again."""
    folder = home / key
    folder.mkdir(parents=True, exist_ok=True)
    with provide.server(engine, folder) as settings, Graph.open(settings) as graph:
        server = Server(environment(settings))
        if not _holds(graph, key):
            server.job("ready")
            server.load(_written(folder, key))
        yield server, graph


def _holds(graph: Graph, key: str) -> bool:
    rows = graph.read("explore/sets")
    return {(row["id"], row["state"]) for row in rows} == {(name, "ready") for name in INPUTS[key].sets}


def _written(folder: Path, key: str) -> Path:
    if key == "small":
        return ROOT / "data"
    file = folder / f"{key}.jsonl"
    if key == "wordnet":
        inputs.wordnet(file)
    else:
        inputs.generated(file, terms=1_000_000 if key == "million" else 10_000)
    return file


def _options() -> argparse.Namespace:
    made = parser("explorer", INPUTS, "small and wordnet", "so many times as many samples")
    made.add_argument("--home", type=Path, help="keep what is loaded in this folder, for the next time")
    return parse(made, ("small", "wordnet"))


if __name__ == "__main__":
    try:
        main()
    except Failed as error:
        sys.exit(f"The bench ends here: {error}")
