"""The driver's exceptions as sentences of ours, where no server is needed to meet them."""

from neo4j.exceptions import Neo4jError

from graph.errors import DiskFull, QueryFailed
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
