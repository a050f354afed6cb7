"""What `bench.load` measures in a process of its own: `python -m bench.child JOB [PATH …]` prints JSON.

A job loads in one way, or reads back what a load wrote, as rows that other ways then write. Reading the rows from
their file and making them ready is never timed.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import neo4j

from bench.rows import TERM_KEYS, Row, Rows, saved
from graph import schema
from graph.connection import Graph
from graph.settings import read_settings

BATCH = 5_000
ONE_BY_ONE = 2_000
CYPHER = Path(__file__).parent / "cypher"
Result = TypeVar("Result")


def ready() -> dict[str, Any]:
    """Empty the database and install the schema."""
    with _graph() as graph, _session(graph) as session:
        while session.execute_write(lambda tx: tx.run(_text("remove")).single(strict=True)["removed"]):
            pass
        schema.install(graph)
    return {}


PHASES = {"Comparing": "plan", "Writing": "write", "Computing": "rank"}


def phases(file: str) -> dict[str, Any]:
    """Load a file as `conceptmap load` does; seconds of each phase."""
    import loader.loading  # noqa: F401 - imports are in no phase, as in no other way
    from loader.job import Watcher
    from loader.report import Options
    from loader.run import load

    marks: dict[str, float] = {}

    def begun(text: str) -> None:
        if (name := PHASES.get(text.split()[0])) is not None:
            marks.setdefault(name, time.monotonic())

    with Graph.open(read_settings()) as graph:
        marks["read"] = time.monotonic()
        report = load(graph, [file], Options(), Watcher(phase=begun))
        ended = time.monotonic()
    if report.errors or report.ranking_failed:
        raise SystemExit(f"The load failed: {report.ranking_failed or report.errors[0]}")
    order = ["read", *PHASES.values()]
    times = [*(marks[name] for name in order), ended]
    return {name: after - before for name, (before, after) in zip(order, pairwise(times), strict=True)}


def rows(target: str) -> dict[str, Any]:
    """Read back what a load of one set wrote, into a file."""
    with _graph() as graph, _session(graph) as session:

        def read(name: str) -> list[Row]:
            return session.execute_read(lambda tx: [dict(record) for record in tx.run(_text(name))])

        (header,) = (row["properties"] for row in read("read_sets"))
        terms = [{key: row["properties"].get(key) for key in TERM_KEYS} for row in read("read_terms")]
        Rows(header, terms, read("read_entries"), read("read_relations")).save(Path(target))
    return {}


def bare(source: str) -> dict[str, Any]:
    """The least a load must send: the rows, in transactions of 5,000."""
    given = saved(source)
    parts = [("create_terms", given.terms), ("create_entries", given.entries), ("create_relations", given.relations)]
    work = [(_text(name), list(batch)) for name, every in parts for batch in _batches(every)]
    with _graph() as graph:
        started = time.monotonic()
        with _session(graph) as session:
            session.execute_write(lambda tx: tx.run(_text("create_set"), properties=given.header).consume())
            for text, batch in work:
                _send(session, text, rows=batch, set=given.header["id"])
        seconds = time.monotonic() - started
        _compare(graph, given)
    return {"seconds": seconds}


def py2neo(source: str) -> dict[str, Any]:
    """The same rows with py2neo's bulk module."""
    import py2neo as library
    from py2neo.bulk import create_nodes, create_relationships

    given = saved(source)
    header = [[given.header[key] for key in given.header]]
    terms = [[row[key] for key in TERM_KEYS] for row in given.terms]
    entries = [(given.header["id"], _only(row, "entry", "role", "checksum"), row["id"]) for row in given.entries]
    relations = [(row["start"], _only(row, "kind", "note", "sets"), row["end"]) for row in given.relations]
    term, term_set = ("Term", "id"), ("TermSet", "id")
    with _graph() as graph:
        accounts = graph.accounts
        started = time.monotonic()
        other = library.Graph(accounts.uri, auth=accounts.writer, name=accounts.database)

        def send(every: Sequence[Any], work: Callable[[Any, Any], None]) -> None:
            for batch in _batches(every):
                transaction = other.begin()
                work(transaction, batch)
                other.commit(transaction)

        send(header, lambda tx, batch: create_nodes(tx, batch, {"TermSet"}, list(given.header)))
        send(terms, lambda tx, batch: create_nodes(tx, batch, {"Term"}, TERM_KEYS))
        send(entries, lambda tx, batch: create_relationships(tx, batch, "DEFINES", term_set, term))
        send(relations, lambda tx, batch: create_relationships(tx, batch, "RELATED_TO", term, term))
        seconds = time.monotonic() - started
        _compare(graph, given)
    return {"seconds": seconds}


def single(source: str) -> dict[str, Any]:
    """2,000 of the rows, each in a statement and a transaction of its own; `seconds` is for as many as there are."""
    given = saved(source)
    sample = given.sample(ONE_BY_ONE)
    parts = (
        ("create_terms", sample.terms, len(given.terms)),
        ("create_entries", sample.entries, len(given.entries)),
        ("create_relations", sample.relations, len(given.relations)),
    )
    seconds = 0.0
    with _graph() as graph, _session(graph) as session:
        session.run(_text("create_set"), properties=given.header).consume()
        for name, some, count in parts:
            text, started = _text(name), time.monotonic()
            for row in some:
                session.run(text, rows=[row], set=given.header["id"]).consume()
            seconds += (time.monotonic() - started) / len(some) * count
    return {"seconds": seconds}


def yaml_speed(source: str) -> dict[str, Any]:
    """MB a second of our reader, and of PyYAML's fast loader without positions, on the same text."""
    import yaml

    from loader.uncollected import uncollected
    from loader.yaml_reader import read_yaml

    text = Path(source).read_text(encoding="utf-8")
    megabytes = len(text.encode()) / 1e6
    started = time.monotonic()
    with uncollected():  # as all files are read
        _, problems = read_yaml(text, "generated.yaml", "generated")
    between = time.monotonic()
    yaml.load(text, Loader=yaml.CSafeLoader)
    ended = time.monotonic()
    if problems:
        raise SystemExit(f"The text has a problem: {problems[0]}")
    return {"ours": megabytes / (between - started), "plain": megabytes / (ended - between)}


def _only(row: Row, *keys: str) -> Row:
    return {key: row[key] for key in keys}


def _send(session: neo4j.Session, text: str, **parameters: Any) -> None:
    session.execute_write(lambda tx: tx.run(text, parameters).consume())


def _compare(graph: Graph, given: Rows) -> None:
    with _session(graph) as session:
        held = session.execute_read(lambda tx: dict(tx.run(_text("counts")).single(strict=True)))
    wanted = {"terms": len(given.terms), "entries": len(given.entries), "relations": len(given.relations)}
    if held != wanted:
        raise SystemExit(f"The graph holds {held} instead of {wanted}.")


def _graph() -> Graph:
    return Graph.open(read_settings())


@contextmanager
def _session(graph: Graph) -> Iterator[neo4j.Session]:
    """A plain session of the driver, on the server that a connection of ours is open to."""
    accounts = graph.accounts
    with (
        neo4j.GraphDatabase.driver(accounts.uri, auth=accounts.writer, notifications_min_severity="OFF") as driver,
        driver.session(database=accounts.database) as session,
    ):
        yield session


def _text(name: str) -> str:
    return (CYPHER / f"{name}.cypher").read_text(encoding="utf-8")


def _batches(every: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "ready": ready,
    "phases": phases,
    "rows": rows,
    "bare": bare,
    "py2neo": py2neo,
    "single": single,
    "yaml": yaml_speed,
}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](*sys.argv[2:])))
