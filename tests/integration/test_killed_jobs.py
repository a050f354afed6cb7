"""Loads and unloads that end before they are done: the next one mends what they left."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from threading import Lock

import pytest

from graph.connection import Graph, Writing
from graph.errors import ServerUnreachable
from loader import importance, run, write
from loader.lease import Lease
from loader.report import Options, UnknownSetError
from tests.conftest import wipe
from tests.integration.snapshot import snapshot
from tests.integration.test_load import NEW_B, A, B, C, Write, load


class Killed(BaseException):
    """Ends a load as a killed process would end: nothing catches it."""


@contextmanager
def killed_after(transactions: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In batches of one row, a transaction each, stop before the one after so many."""
    left = [transactions]
    lock = Lock()
    verify = Lease.verify

    def count(self: Lease, tx: Writing) -> None:
        with lock:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
        verify(self, tx)

    with monkeypatch.context() as patch:
        patch.setattr(Lease, "verify", count)
        in_parts(patch)
        yield


def in_parts(patch: pytest.MonkeyPatch) -> None:
    """As a large set is written: in many transactions, and what is doubtful one term after the other."""
    for name, value in (("ONE_TRANSACTION", 0), ("BATCH", 1), ("REMOVED", 1)):
        patch.setattr(write, name, value)


@pytest.mark.parametrize("large", [False, True], ids=["at once", "in parts"])
@pytest.mark.parametrize("job", ["change", "unload"])
def test_a_job_killed_after_any_transaction_is_mended_by_the_next(
    graph: Graph, write_file: Write, monkeypatch: pytest.MonkeyPatch, job: str, large: bool
) -> None:
    a, b, c = (write_file(f"{key}.yaml", text) for key, text in (("a", A), ("b", B), ("c", C)))
    other = write_file("new/b.yaml", NEW_B)

    def begin() -> None:
        wipe(graph)
        load(graph, a, b, c, allow_undefined=True)

    def run_job() -> None:
        if job == "unload":
            with suppress(UnknownSetError):
                run.unload(graph, "b")
        else:
            load(graph, other, allow_undefined=True)

    begin()
    run_job()
    clean = snapshot(graph)
    for transactions in count():
        begin()
        try:
            with killed_after(transactions, monkeypatch):
                run_job()
        except Killed:
            with monkeypatch.context() as patch:
                if large:
                    in_parts(patch)
                run_job()
            assert snapshot(graph) == clean, f"killed after {transactions} transactions"
        else:
            break
    assert transactions > 10


def test_importance_that_failed_is_made_up_by_the_next_load(
    graph: Graph, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file("a.yaml", A)

    def fail(*_: object) -> None:
        raise ServerUnreachable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(importance, "update_importance", fail)
        assert run.load(graph, [path], Options()).ranking_failed == "gone"
    assert snapshot(graph)["terms"]["alpha"].get("importance") is None
    assert load(graph, path).sets[0].written is None
    assert snapshot(graph)["terms"]["alpha"]["importance"] > 0


def test_a_first_load_that_was_interrupted_is_seen(graph: Graph, write_file: Write) -> None:
    assert run.is_fresh(graph, ["a", "b"])
    load(graph, write_file("a.yaml", A))
    assert not run.is_fresh(graph, ["a", "b"])
    with graph._writer.session(database=graph.accounts.database) as session:
        session.execute_write(lambda tx: tx.run("MATCH (m:Meta) REMOVE m.ranked_revision").consume())
    assert run.is_fresh(graph, ["a", "b"])
    assert not run.is_fresh(graph, ["b"])
