"""More than a hundred statements that must not do what they are for: each ends as attacks.yaml says, and the graph stays as it is."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.asking import Handle
from graph.connection import Graph
from graph.limits import Limits
from graph.read_only import by_plan
from loader import run
from loader.report import Options
from tests.conftest import wipe
from tests.integration import attacks
from tests.integration.snapshot import snapshot

SET = Path(__file__).parent.parent.parent / "data" / "ai.yaml"
ATTACKS = attacks.read()
# Kinds that do not stand on the words alone: a test takes the words away.
PLANNED = ("writes", "schema", "files", "procedure", "batches", "transactions", "accounts", "server")
HELD = ("writes", "schema", "files")
FORBIDDEN = "Neo.ClientError.Security.Forbidden"
# What a server answers to a statement that it does not know, so that there is nothing to refuse.
NO_STATEMENT_OF_NEO4J = {
    "Neo.ClientError.Statement.SyntaxError",
    "Neo.ClientError.Statement.UnsupportedAdministrationCommand",
    "Neo.ClientError.Procedure.ProcedureNotFound",
}
NO_STATEMENT_OF_ARCADEDB = {"Neo.ClientError.Statement.SyntaxError", "Neo.ClientError.Statement.SemanticError"}
WITHOUT_EFFECT = {"A property gone, in brackets"}  # ArcadeDB answers, and leaves the property where it is


def of_kinds(engine: str, kinds: tuple[str, ...]) -> list[attacks.Attack]:
    """The attacks that end in one of these ways on this engine."""
    return [one for one in ATTACKS if one.ends[engine].split(" by ")[0] in kinds]


@pytest.fixture(scope="module")
def attacked(shared_graph: Graph) -> Iterator[tuple[Graph, dict[str, Any]]]:
    """A graph with a whole set in it, and all that it holds before the first attack."""
    wipe(shared_graph)
    run.load(shared_graph, [str(SET)], Options())
    before = snapshot(shared_graph)
    yield shared_graph, before
    assert snapshot(shared_graph) == before
    wipe(shared_graph)


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len(ATTACKS) >= 60
    assert len({attack.name + attack.group for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.group}: {attack.name}")
def test_an_attack_ends_as_it_must(attacked: tuple[Graph, dict[str, Any]], attack: attacks.Attack) -> None:
    graph, before = attacked
    assert attacks.end(graph, attack) == attack.ends[graph.engine]
    if attack.ends[graph.engine].startswith(("answered", "writes", "refused as")):
        assert snapshot(graph) == before
    graph.ping()


@pytest.mark.parametrize("attack", of_kinds("neo4j", PLANNED), ids=lambda attack: f"{attack.group}: {attack.name}")
def test_the_plan_of_neo4j_refuses_what_the_words_refuse(
    attacked: tuple[Graph, dict[str, Any]], attack: attacks.Attack
) -> None:
    graph, _ = attacked
    if graph.engine != "neo4j":
        pytest.skip("ArcadeDB's EXPLAIN takes every statement for one that writes")
    refused = code = None
    with graph._reader.session(database=graph.accounts.database, default_access_mode=neo4j.READ_ACCESS) as session:
        try:
            summary = session.run("EXPLAIN " + attack.text, attack.params).consume()
            refused = by_plan(summary.query_type, summary.plan)
        except neo4j.exceptions.ClientError as error:
            code = error.code
    assert refused is not None or code in NO_STATEMENT_OF_NEO4J


@pytest.mark.parametrize("attack", of_kinds("arcadedb", HELD), ids=lambda attack: f"{attack.group}: {attack.name}")
def test_the_account_of_arcadedb_refuses_what_the_words_refuse(
    attacked: tuple[Graph, dict[str, Any]], attack: attacks.Attack
) -> None:
    graph, before = attacked
    if graph.engine != "arcadedb":
        pytest.skip("Neo4j Community has no accounts that only read")
    code = None
    with graph._reader.session(database=graph.accounts.database) as session:
        try:
            session.execute_write(lambda tx: tx.run(attack.text, attack.params).consume())
        except neo4j.exceptions.Neo4jError as error:
            code = error.code
    nothing_to_refuse = {None} if attack.name in WITHOUT_EFFECT else set()
    assert code in {FORBIDDEN} | NO_STATEMENT_OF_ARCADEDB | nothing_to_refuse
    assert snapshot(graph) == before


def test_a_query_that_the_limits_cut_short_leaves_nothing_running(attacked: tuple[Graph, dict[str, Any]]) -> None:
    graph, _ = attacked
    started = time.monotonic()
    result = graph.query(
        "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN a, b", limits=Limits(rows=10)
    )
    assert len(result.rows) == 10
    assert time.monotonic() - started < 5
    assert not running(graph)


def test_what_the_time_limit_stops_is_gone_from_the_server(attacked: tuple[Graph, dict[str, Any]]) -> None:
    graph, _ = attacked
    handle = Handle()
    with pytest.raises(Exception, match=r"time limit of 0\.5 s"):
        graph.query(
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*)",
            limits=Limits(seconds=0.5),
            handle=handle,
        )
    assert handle.ended.wait(5)
    assert not running(graph)


def running(graph: Graph) -> list[str]:
    """What the server says it still does for us, but for this question."""
    with graph._reader.session(database=graph.accounts.database) as session:
        rows = session.run("SHOW TRANSACTIONS YIELD currentQuery, status").data()
    return [row["currentQuery"] for row in rows if "UNWIND" in str(row["currentQuery"])]
