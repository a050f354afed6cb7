"""The connection on both engines: reading is read-only for real, and errors are sentences."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from graph import schema, statements
from graph.connection import Graph
from graph.errors import (
    ForeignDatabase,
    QueryFailed,
    QueryTimeout,
    ReadOnlyRefused,
    SchemaTooNew,
    ServerUnreachable,
    UnknownDatabase,
    WrongCredentials,
)
from graph.limits import Limits
from graph.settings import Settings
from tests.conftest import wipe
from tests.integration.snapshot import rows, snapshot

EXAMPLES: dict[str, object] = {
    "without": ["other"],
    "keys": ["a"],
    "nodes": [0],
    "id": "a",
    "among": {"a": True},
    "ids": ["a"],
    "sets": ["s"],
    "rows": [
        {
            "id": "a",
            "start": "a",
            "end": "b",
            "kind": "uses",
            "note": "n",
            "sets": ["s"],
            "entry": "{}",
            "role": "main",
            "checksum": "c",
            "old": "o",
            "importance": 0.5,
            "community": 1,
            "properties": {"name": "A"},
        }
    ],
    "set": "s",
    "properties": {},
    "schema_version": 1,
    "graph_id": "one",
    "token": "t",
    "writer": "w",
    "seconds": 1,
    "limit": 10,
    "depth": 1,
    "text": "a",
    "name": "a",
    "key": "a",
    "skip": 0,
    "verified": ["{}"],
    "hidden": ["uses"],
    "kinds": ["requires"],
    "top": ["a"],
    "top_importance": [0.5],
    "categories": [""],
    "category_terms": [1],
}
ANEW = {"rows": [{"id": "c", "properties": {"name": "C"}, "entry": "{}", "role": "main", "checksum": "c"}]}
TWO_TERMS = [{"id": "a", "properties": {"name": "A"}}, {"id": "b", "properties": {"name": "B"}}]
WRITES = [
    "CREATE (:Term {id: 'x'})",
    "MERGE (t:Term {id: 'x'}) SET t.name = 'x'",
    "MATCH (t:Term) SET t.name = 'gone'",
    "MATCH (t:Term) DETACH DELETE t",
    "CREATE INDEX nix IF NOT EXISTS FOR (t:Term) ON (t.nix)",
    "MATCH (t:Term) CALL { WITH t SET t.name = 'gone' RETURN 1 AS one } RETURN one",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line",
    "/* harmless */ CREATE (:Term {id: 'x'})",
]


@pytest.fixture
def one_term(graph: Graph) -> Graph:
    schema.install(graph)
    graph.write(lambda tx: tx.run("load/put_terms", rows=[{"id": "a", "properties": {"name": "A", "defined": True}}]))
    return graph


@pytest.mark.parametrize("text", WRITES)
def test_a_query_that_would_write_is_refused(one_term: Graph, text: str) -> None:
    before = snapshot(one_term)
    with pytest.raises(ReadOnlyRefused, match="only reading is allowed"):
        one_term.query(text)
    assert snapshot(one_term) == before


@pytest.mark.parametrize(
    "text",
    [
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "SHOW TRANSACTIONS",
        "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message",
        "CALL db.resampleIndex('term_text')",
        "CALL db.prepareForReplanning()",
        "CALL `db`.`stats`.clear('QUERIES')",
        "RETURN COUNT { CALL db.prepareForReplanning() RETURN 1 AS one }",
    ],
)
def test_what_read_access_allows_beyond_reading_is_refused(one_term: Graph, text: str) -> None:
    with pytest.raises(ReadOnlyRefused, match="only reading is allowed"):
        one_term.query(text)


@pytest.mark.parametrize("text", ["CALL db.labels()", "CALL db.propertyKeys() YIELD propertyKey RETURN propertyKey"])
def test_procedures_that_read_the_graph_answer(one_term: Graph, text: str) -> None:
    assert one_term.query(text).rows


@pytest.mark.parametrize("prefix", ["PROFILE", "EXPLAIN", "/* */ PROFILE", "// x\nEXPLAIN", "EXPLAIN PROFILE"])
def test_a_plan_may_be_refused_but_never_writes(one_term: Graph, prefix: str) -> None:
    before = snapshot(one_term)
    for text in ("CREATE (:Term {id: 'x'})", "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line"):
        with suppress(ReadOnlyRefused, QueryFailed):
            assert "root" not in str(one_term.query(f"{prefix} {text}").rows)
    assert snapshot(one_term) == before


def test_reading_gives_plain_values(one_term: Graph) -> None:
    result = one_term.query(
        "MATCH (t:Term {id: $id}) RETURN t, 1.5 AS number, [1, null] AS list, date('2026-01-02') AS day", {"id": "a"}
    )
    assert result.columns == ("t", "number", "list", "day")
    node, *rest = result.rows[0]
    assert node["labels"] == ["Term"]
    assert node["properties"]["name"] == "A"
    assert rest == [1.5, [1, None], "2026-01-02"]
    assert not result.truncated


def test_rows_past_the_limit_are_told(graph: Graph) -> None:
    result = graph.query("UNWIND range(1, 20) AS n RETURN n", limits=Limits(rows=5))
    assert (len(result.rows), result.truncated) == (5, True)


def test_a_statement_that_is_wrong_is_a_sentence(graph: Graph) -> None:
    with pytest.raises(QueryFailed, match="refused the statement"):
        graph.query("MATCH (t:Term RETURN t")
    with pytest.raises(QueryFailed, match="empty"):
        graph.query("  \n ")


@pytest.mark.parametrize(
    "text", ["MATCH (timeout RETURN 1", "MATCH (t:Term) RETURN t LIMIT t.x", "RETURN 'not allowed"]
)
def test_words_of_a_wrong_statement_do_not_make_it_another_mistake(graph: Graph, text: str) -> None:
    with pytest.raises(QueryFailed, match="refused the statement"):
        graph.query(text)


@pytest.mark.parametrize(("text", "value"), [("RETURN $n", 10**23), ("RETURN $n", "\ud800"), ("RETURN '\udce9'", 1)])
def test_a_value_that_cannot_be_sent_is_a_sentence(graph: Graph, text: str, value: object) -> None:
    with pytest.raises(QueryFailed, match="cannot be sent to the database"):
        graph.query(text, {"n": value})


def test_a_runaway_query_is_stopped(graph: Graph) -> None:
    with pytest.raises(QueryTimeout, match="time limit of 1 s"):
        graph.query(
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*)",
            limits=Limits(seconds=1.0),
        )
    graph.ping()


def test_wrong_password(graph: Graph) -> None:
    with (
        Graph.open(Settings(NEO4J_URI=graph.accounts.uri, NEO4J_PASSWORD="wrong")) as other,
        pytest.raises(WrongCredentials, match="NEO4J_PASSWORD"),
    ):
        other.ping()


def test_no_server() -> None:
    settings = Settings(NEO4J_URI="bolt://127.0.0.1:1", NEO4J_PASSWORD="x")
    with (
        Graph.open(settings) as other,
        pytest.raises(ServerUnreachable, match=r"No database answers at bolt://127\.0\.0\.1:1"),
    ):
        other.ping()


def test_no_address() -> None:
    with pytest.raises(ServerUnreachable, match="no address of a database"):
        Graph.open(Settings(NEO4J_URI="bolt://h:7687?routing=x", NEO4J_PASSWORD="x"))


def test_unknown_database(graph: Graph) -> None:
    user, password = graph.accounts.writer
    settings = Settings(
        NEO4J_URI=graph.accounts.uri, NEO4J_USERNAME=user, NEO4J_PASSWORD=password, NEO4J_DATABASE="nix"
    )
    with Graph.open(settings) as other, pytest.raises(UnknownDatabase, match="NEO4J_DATABASE"):
        other.ping()
    accounts = replace(graph.accounts, database="nix")
    with Graph(accounts, graph.settings) as other, pytest.raises(UnknownDatabase, match="NEO4J_DATABASE"):
        other.ping()


def test_somebody_elses_terms_are_refused(graph: Graph) -> None:
    graph.write(lambda tx: tx.run("load/put_terms", rows=[{"id": "a", "properties": {"name": "A"}}]))
    with pytest.raises(ForeignDatabase, match="did not write"):
        schema.install(graph)


def test_a_newer_schema_is_refused(graph: Graph) -> None:
    schema.install(graph)
    graph.write(lambda tx: tx.run("load/put_meta", schema_version=1, graph_id="another"))
    with graph._writer.session(database=graph.accounts.database) as session:
        session.execute_write(lambda tx: tx.run("MATCH (m:Meta) SET m.schema_version = 99").consume())
    with pytest.raises(SchemaTooNew, match="newer conceptmap"):
        schema.install(graph)


def forget_schema(graph: Graph) -> None:
    """The database as it was before anybody came."""
    wipe(graph)
    if graph.engine == "arcadedb":
        for label in ("Term", "TermSet", "FormerId", "Meta"):
            assert graph.define_sql(f"DROP TYPE {label} IF EXISTS UNSAFE")
        return
    with graph._writer.session(database=graph.accounts.database) as session:
        for what in ("CONSTRAINT", "INDEX"):
            for row in session.run(f"SHOW {what} YIELD name, type WHERE type <> 'LOOKUP'").data():
                session.run(f"DROP {what} {row['name']}").consume()


def test_several_who_come_first_at_once_all_find_a_graph(graph: Graph, server_settings: Settings) -> None:
    together = Barrier(5)

    def come_first(_: int) -> bool:
        with Graph.open(server_settings) as mine:
            mine.ping()
            together.wait()
            schema.install(mine)
            return schema.is_installed(mine)

    with ThreadPoolExecutor(5) as pool:
        for _ in range(3):
            forget_schema(graph)
            assert all(pool.map(come_first, range(5)))
            assert rows(graph, "MATCH (m:Meta) RETURN count(m) AS metas") == [{"metas": 1}]


def test_the_full_text_index_answers(graph: Graph) -> None:
    schema.install(graph)
    row = {
        "id": "v",
        "properties": {"name": "Vector Database", "definition": "Stores embeddings.", "aliases_text": "Vector Store"},
    }
    graph.write(lambda tx: tx.run("load/put_terms", rows=[row]))
    for words in ("vectr~", "embeddings", "store"):
        result = graph.query(
            "CALL db.index.fulltext.queryNodes('term_text', $words) YIELD node RETURN node.id", {"words": words}
        )
        assert result.rows == (("v",),), words


@pytest.mark.parametrize("name", [name for name in statements.names() if not name.startswith("library/")])
def test_every_statement_runs(graph: Graph, name: str) -> None:
    one = statements.statement(name)
    if one.engine not in ("", graph.engine):
        pytest.skip(f"only for {one.engine}")
    schema.install(graph)
    if name.startswith("schema/"):
        graph.define(name)
    elif name.startswith("console/"):
        graph.end_query("0" * 24)
    else:
        graph.write(
            lambda tx: [tx.run("load/put_set", id="s", properties={}), tx.run("load/put_terms", rows=TWO_TERMS)]
        )
        examples = {**EXAMPLES, **ANEW} if name == "load/create_terms" else EXAMPLES
        graph.write(lambda tx: tx.run(name, **{key: examples[key] for key in one.parameters}))


def test_a_missing_full_text_index_is_told(graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    with Graph(graph.accounts, graph.settings) as other:  # as a server of one's own: without the bundled one's lease
        schema.install(other)
    assert ("term_text.arcadedb.sql" in caplog.text) == (graph.engine == "arcadedb")


def test_a_password_file(tmp_path: Path, graph: Graph) -> None:
    user, password = graph.accounts.writer
    path = tmp_path / "secret"
    path.write_text(password + "\n", encoding="utf-8")
    settings = Settings(
        NEO4J_URI=graph.accounts.uri, NEO4J_USERNAME=user, NEO4J_PASSWORD_FILE=path, NEO4J_PASSWORD=None
    )
    with Graph.open(settings) as other:
        other.ping()
