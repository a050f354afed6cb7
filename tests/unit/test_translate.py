"""The driver's exceptions as sentences of ours, where no server is needed to meet them."""

from neo4j.exceptions import Neo4jError

from graph.connection import _may_pass
from graph.errors import DatabaseBroken, DiskFull, QueryFailed
from graph.translate import translate


def test_a_server_that_says_its_disk_is_full_is_believed() -> None:
    error = Neo4jError._hydrate_neo4j(
        code="Neo.DatabaseError.Transaction.TransactionCommitFailed", message="Could not: No space left on device"
    )
    told = translate(error, "bolt://db:7687", "neo4j")
    assert isinstance(told, DiskFull)
    assert str(told) == (
        "The disk of the server at bolt://db:7687 is full: make room there, and run the command again, "
        "it goes on where it stopped."
    )
    other = Neo4jError._hydrate_neo4j(code="Neo.ClientError.Statement.SyntaxError", message="Invalid input")
    assert isinstance(translate(other, "bolt://db:7687", "neo4j"), QueryFailed)


def test_a_neo4j_that_needs_a_restart_is_told_with_the_remedy_and_waited_for() -> None:
    error = Neo4jError._hydrate_neo4j(
        code="Neo.DatabaseError.Transaction.TransactionStartFailed",
        message="The database has encountered a critical error, and needs to be restarted. Please see database logs.",
    )
    told = translate(error, "bolt://db:7687", "neo4j")
    told.__cause__ = error
    assert isinstance(told, DatabaseBroken)
    assert str(told).endswith("such as a full disk: make sure that there is room, and restart the server.")
    assert _may_pass(told)
