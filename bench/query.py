"""How fast a person's own query is, and who waits for it: `python -m bench.query [--help]`, or `make bench`.

A query of 1,000 rows through the console's route beside the same statement sent by the driver alone; and a reader who
clicks from term to term while ten others each have a query that does not end. Every line is a row of a Markdown table.
"""

import http.client
import json
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import neo4j
import psutil

from bench.explorer import percentile
from bench.load import COLUMNS, Line
from bench.options import parse, parser
from bench.processes import ROOT, Failed, Server, environment, explorer
from explorer.view import Opened, View, address
from graph import Engine
from graph.connection import Graph
from tests import provide

CYPHER = Path(__file__).parent / "cypher"
RUNS, CLICKS, OTHERS = 40, 60, 10
PAUSE = 0.15
CLICK = 300
TITLE = "the shipped sets"


def main() -> None:
    """Print the table row by row, as the figures come."""
    options = parse(parser("query", ("small",), "small", "so many times as many samples"), ("small",))
    print(f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GB of memory, {date.today()}.\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for engine in options.engine:
        for line in _measured(engine, options.runs):
            print(line.row(engine, TITLE), flush=True)


def _measured(engine: Engine, runs: int) -> Iterator[Line]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        provide.server(engine, Path(folder)) as settings,
        Graph.open(settings) as graph,
    ):
        server = Server(environment(settings))
        server.job("ready")
        server.load(ROOT / "data")
        terms = [row["id"] for row in graph.read("explore/overview", limit=2 * CLICKS * runs)]
        with explorer(server.environment) as url:
            yield rows_line(*_rows(graph, url, RUNS * runs))
            alone = _clicks(url, terms[::2])
            with _Others(url) as others:
                beside = _clicks(url, terms[1::2])
            yield clicks_line(beside, alone, others.answered)


def rows_line(ours: list[float], bare: list[float]) -> Line:
    """A query of 1,000 rows, from the question to the last byte of its answer, beside the driver alone."""
    ratio = f"{percentile(ours, 0.5) / percentile(bare, 0.5):.1f} × bare driver"
    return Line("1,000 rows through the console", _figure(ours), ratio)


def clicks_line(beside: list[float], alone: list[float], answered: int) -> Line:
    """Clicks while others ask, `answered` of whose questions ended meanwhile; `alone`: while nobody does."""
    ratio = f"{percentile(beside, 0.95) / percentile(alone, 0.95):.1f} × alone"
    what = f"a click while {OTHERS} others each have a query that does not end ({answered} were ended meanwhile)"
    return Line(what, _figure(beside), ratio, f"≤ {CLICK} ms", percentile(beside, 0.95) <= CLICK)


def _figure(times: list[float]) -> str:
    return f"{percentile(times, 0.95):,.0f} ms (half in {percentile(times, 0.5):,.0f})"


def _rows(graph: Graph, url: str, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds through the console and bare, in turns."""
    text = (CYPHER / "thousand.cypher").read_text(encoding="utf-8")
    accounts = graph.accounts
    ours, bare = [], []
    with (
        closing(_Page(url)) as page,
        neo4j.GraphDatabase.driver(accounts.uri, auth=accounts.reader, notifications_min_severity="OFF") as driver,
        driver.session(database=accounts.database, default_access_mode=neo4j.READ_ACCESS) as session,
    ):
        for _ in range(runs + 3):
            began = time.perf_counter()
            status, answer = page.query(text)
            ours.append((time.perf_counter() - began) * 1000)
            if status != 200 or len(answer["rows"]) != 1000:
                raise Failed(f"the console answered {status}: {answer.get('message', 'not 1,000 rows')}")
            began = time.perf_counter()
            if len(session.execute_read(lambda tx: list(tx.run(text)))) != 1000:
                raise Failed("the server did not give 1,000 rows")
            bare.append((time.perf_counter() - began) * 1000)
    return ours[3:], bare[3:]  # the first ones warm up


def _clicks(url: str, terms: list[str]) -> list[float]:
    """Milliseconds of each click: what the page asks for a term that it had not asked for before."""
    times = []
    with closing(_Page(url)) as page:
        shown = page.ask("/_view", {"search": "", "shown": "", "look": True})[1]["key"]
        for term in terms:
            search = address(View(term=term, opened=(Opened(term),)))
            began = time.perf_counter()
            status, answer = page.ask("/_view", {"search": search, "shown": shown, "look": False})
            times.append((time.perf_counter() - began) * 1000)
            if status != 200:
                raise Failed(f"a click was answered {status}: {answer['message']}")
            time.sleep(PAUSE)
    return times


class _Page:
    """A browser's page, as far as it asks."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)

    def ask(self, route: str, question: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self._connection.request("POST", route, json.dumps(question), {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read())

    def query(self, text: str) -> tuple[int, dict[str, Any]]:
        return self.ask("/_query", {"id": secrets.token_hex(12), "text": text, "parameters": []})

    def close(self) -> None:
        self._connection.close()


class _Others:
    """Others who ask and ask again, each in a thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._over = threading.Event()
        self._text = (CYPHER / "runaway.cypher").read_text(encoding="utf-8")
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(OTHERS)]
        self.answered = 0

    def __enter__(self) -> "_Others":
        for thread in self._threads:
            thread.start()
        time.sleep(1)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _ask(self) -> None:
        with closing(_Page(self._url)) as page:
            while not self._over.is_set():
                try:
                    page.query(self._text)
                except (OSError, http.client.HTTPException):
                    if not self._over.is_set():  # else the explorer has gone
                        raise
                self.answered += not self._over.is_set()


if __name__ == "__main__":
    try:
        main()
    except Failed as error:
        sys.exit(f"The bench ends here: {error}")
