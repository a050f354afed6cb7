"""One writer at a time: who holds the lease, who waits, and who writes no more."""

import pytest

from graph.connection import Graph, Writing
from graph.errors import WriterBusy
from loader import run
from loader.lease import writer_lease
from loader.report import Options
from tests.integration.snapshot import snapshot
from tests.integration.test_load import A, B, Write, load


def test_one_writer_at_a_time(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    told: list[str] = []
    with writer_lease(graph, 0, told.append), pytest.raises(WriterBusy, match="is writing to this graph"):
        run.load(graph, [write_file("b.yaml", B)], Options(wait=0.2, allow_undefined=True))
    load(graph, write_file("b.yaml", B), allow_undefined=True)


def test_a_lease_that_another_took_writes_nothing(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    before = snapshot(graph)
    with writer_lease(graph, 0, print) as lease:
        graph.write(lambda tx: tx.run("load/take_lease", token=lease.token, writer="w", seconds=-1))
        with writer_lease(graph, 0, print):
            pass

        def write(tx: Writing) -> None:
            tx.run("load/drop_set", id="a")
            lease.verify(tx)

        with pytest.raises(WriterBusy, match="taken over"):
            graph.write(write)
    assert snapshot(graph) == before


def test_a_lease_that_ran_out_and_nobody_took_goes_on(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    with writer_lease(graph, 0, print) as lease:
        graph.write(lambda tx: tx.run("load/take_lease", token=lease.token, writer="w", seconds=-1))
        lease.extend(graph)
        with pytest.raises(WriterBusy), writer_lease(graph, 0, print):
            pass
