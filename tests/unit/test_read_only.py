"""What a plan of Neo4j tells of a statement: it reads the graph, or does something else."""

from typing import Any

import pytest

from graph.read_only import only_reads


def plan(operator: str, details: str = "") -> dict[str, Any]:
    """A plan with one step below the one that gives the rows, as the driver has it."""
    step = {"operatorType": f"{operator}@neo4j", "args": {"Details": details}, "children": []}
    return {"operatorType": "ProduceResults@neo4j", "args": {}, "children": [step]}


@pytest.mark.parametrize("operator", ["LoadCSV", "ShowTransactions", "TerminateTransactions"])
def test_some_steps_are_no_reading_of_the_graph(operator: str) -> None:
    assert not only_reads("r", plan(operator))


def test_only_known_procedures_are_called() -> None:
    assert only_reads("r", plan("ProcedureCall", "db.labels() :: (label :: STRING)"))
    assert only_reads("r", plan("ProcedureCall", "db.index.fulltext.queryNodes($a, $b) :: (node :: NODE)"))
    for name in ("db.resampleIndex", "db.stats.clear", "apoc.load.json", ""):
        assert not only_reads("r", plan("ProcedureCall", f"{name}($a) :: (value :: MAP)"))


def test_the_type_counts_too() -> None:
    assert only_reads("r", plan("AllNodesScan"))
    assert only_reads(None, None)
    for query_type in ("w", "rw", "s"):
        assert not only_reads(query_type, plan("AllNodesScan"))
