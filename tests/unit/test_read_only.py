"""What a plan of Neo4j and the words of a statement tell: it reads the graph, or does something else."""

from typing import Any

import pytest

from graph.read_only import by_plan, by_words, for_arcadedb, writing
from graph.refusals import SENTENCES, Reason


def plan(operator: str, details: str = "") -> dict[str, Any]:
    """A plan with one step below the one that gives the rows, as the driver has it."""
    step = {"operatorType": f"{operator}@neo4j", "args": {"Details": details}, "children": []}
    return {"operatorType": "ProduceResults@neo4j", "args": {}, "children": [step]}


def reason(text: str) -> Reason | None:
    """Why the words of a statement forbid it."""
    found = by_words(text)
    return found and found.reason


@pytest.mark.parametrize(
    ("operator", "why"),
    [
        ("LoadCSV", Reason.FILES),
        ("ShowTransactions", Reason.TRANSACTIONS),
        ("TerminateTransactions", Reason.TRANSACTIONS),
        ("TransactionForeach", Reason.BATCHES),
        ("ShowSettings", Reason.SERVER),
    ],
)
def test_some_steps_are_no_reading_of_the_graph(operator: str, why: Reason) -> None:
    found = by_plan("r", plan(operator))
    assert found is not None
    assert found.reason is why


def test_only_known_procedures_are_called() -> None:
    assert by_plan("r", plan("ProcedureCall", "db.labels() :: (label :: STRING)")) is None
    assert by_plan("r", plan("ProcedureCall", "db.index.fulltext.queryNodes($a, $b) :: (node :: NODE)")) is None
    for name in ("db.resampleIndex", "db.stats.clear", "apoc.load.json", ""):
        found = by_plan("r", plan("ProcedureCall", f"{name}($a) :: (value :: MAP)"))
        assert found is not None
        assert found.reason is Reason.PROCEDURE
        assert name in found.sentence


def test_the_type_counts_too() -> None:
    assert by_plan("r", plan("AllNodesScan")) is None
    assert by_plan(None, None) is None
    for query_type in ("w", "rw", "s"):
        assert by_plan(query_type, plan("AllNodesScan")) is not None


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (t:Term) RETURN t.name AS call, t.set AS use ORDER BY use",
        "MATCH (t:Term {id: 'a;b'}) RETURN t; ",
        "RETURN 'CALL apoc.load.json(1)' AS text, \"LOAD CSV\" AS more, 1 AS `CALL x.y()`",
        "// CALL x.y()\nMATCH (t) /* ; DROP INDEX a */ RETURN t",
        "MATCH (t:Term) WHERE t.x IN transactions RETURN t",
        "CALL db.labels() YIELD label RETURN label",
        "CALL `db`.`labels`()",
        "CALL { MATCH (t:Term) RETURN t } RETURN t",
        "CALL (t) { RETURN 1 AS one } RETURN one",
        "OPTIONAL CALL db.labels()",
        "RETURN date.truncate('month', date()) AS month, point.distance($a, $b) AS far, duration.between($c, $d) AS long",
        "SHOW INDEXES YIELD name",
        "SHOW USER DEFINED FUNCTIONS",
        "SHOW FULLTEXT INDEXES",
        "MATCH (n:Term)-[:CALL]->(m) RETURN n.call",
        "CYPHER 5 runtime=slotted MATCH (n) RETURN n",
        "MATCH (user:Term) RETURN user",
        "MATCH (transaction:Term) RETURN transaction",
        "MATCH (use:Term) WHERE use IS NOT NULL WITH use ORDER BY use.name RETURN use, use.use AS use",
        "UNWIND range(1, 1000000) AS n RETURN n",
    ],
)
def test_what_reads_may_pass(text: str) -> None:
    assert by_words(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("RETURN 1; RETURN 2", Reason.SEVERAL),
        ("EXPLAIN RETURN 1", Reason.PLAN),
        ("/* */ // x\n profile MATCH (n) RETURN n", Reason.PLAN),
        ("CYPHER 5 EXPLAIN RETURN 1", Reason.PLAN),
        ("CYPHER runtime=slotted PROFILE RETURN 1", Reason.PLAN),
        ("CALL apoc.load.json('x')", Reason.PROCEDURE),
        ("CALL `apoc`.`load`./* */json('x')", Reason.PROCEDURE),
        ("C\\u0041LL apoc.load.json('x')", Reason.PROCEDURE),
        ("RETURN apoc.cypher.runFirstColumnSingle('x', {})", Reason.FUNCTION),
        ("LOAD /* */ CSV FROM 'x' AS l RETURN l", Reason.FILES),
        ("L\\u004fAD CSV FROM 'x' AS l RETURN l", Reason.FILES),
        ("CALL { MATCH (n) RETURN n } IN TRANSACTIONS RETURN 1", Reason.BATCHES),
        ("CALL (n) { RETURN 1 } IN 3 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN 1", Reason.BATCHES),
        ("SHOW TRANSACTIONS", Reason.TRANSACTIONS),
        ("TERMINATE TRANSACTION 'x'", Reason.TRANSACTIONS),
        ("SHOW USERS", Reason.ACCOUNTS),
        ("SHOW USER PRIVILEGES", Reason.ACCOUNTS),
        ("CREATE OR REPLACE USER x SET PASSWORD 'y'", Reason.ACCOUNTS),
        ("GRANT ROLE a TO b", Reason.ACCOUNTS),
        ("SHOW SETTINGS", Reason.SERVER),
        ("CALL { RETURN 1 AS a } IN (1 + 1 + 1 + 1 + 1) CONCURRENT TRANSACTIONS RETURN 1", Reason.BATCHES),
        ("USE system MATCH (n) RETURN n", Reason.DATABASE),
        ("CYPHER 5 USE system MATCH (n) RETURN n", Reason.DATABASE),
        ("WITH 1 AS x USE system MATCH (n) RETURN n", Reason.DATABASE),
        ("RETURN 1 AS a NEXT USE system RETURN 1 AS a", Reason.DATABASE),
        ("MATCH (n) CALL { USE system MATCH (m) RETURN m } RETURN m", Reason.DATABASE),
        ("DROP INDEX x", Reason.SCHEMA),
        ("RETURN 1 AS a" + " " * 20_000, Reason.SIZE),
        ("RETURN " + "[" * 101 + "]" * 101, Reason.DEPTH),
        # A quote that only some engines see ends no text for the others: both readings count.
        ("RETURN '\\u0027' AS a CALL x.y() YIELD z RETURN '\\u0027'", Reason.PROCEDURE),
    ],
)
def test_what_else_is_refused_by_its_words(text: str, why: Reason) -> None:
    assert reason(text) is why


@pytest.mark.parametrize(
    "text",
    [
        "RETURN reduce(s = 0, x IN [1] | s + x)",
        "RETURN [x IN [1, 2] | [y IN [3] | x + y]]",
        "RETURN any(x IN [1] WHERE all(y IN [2] WHERE x < y))",
        "RETURN [x IN [1] WHERE x IN range(1, 9) | x]",
        "RETURN `reduce`(s = 0, x IN [1] | s + x)",
        "RETURN allReduce(s = 'a', x IN range(1, 40) | s + s, true)",
        "UNWIND range(1, 1000000000) + [0] AS n RETURN n",
        "UNWIND range(1, 1000000000)[5..] AS n RETURN n",
        "RETURN range(1000000000000000000, 1000000000000999999)",
        "RETURN range(1, 1000000000) AS list",
        "RETURN [x IN range(1, $n) | x]",
        "RETURN range(0, size(l) * 1000000)",
        "WITH 10 AS n RETURN range(n, 5)",
    ],
)
def test_loops_that_no_server_stops_are_refused(text: str) -> None:
    assert reason(text) is Reason.LOOPS


@pytest.mark.parametrize(
    "text",
    [
        "RETURN [x IN range(1, 9) WHERE x > 3 | x * x], range(-5, 5, 2)",
        "RETURN [x IN [y IN [1] | y] | x]",
        "MATCH p = (a)-->(b) WHERE all(n IN nodes(p) WHERE n.id > 'a') RETURN [n IN nodes(p) | n.name], 'reduce(x IN'",
        "MATCH p = (a)-->(b) UNWIND range(0, $n) AS i RETURN [j IN range(0, size(nodes(p)) - 1) | nodes(p)[j]], i",
        "MATCH (t:Term) WHERE t.id IN $ids RETURN t",
        "MATCH (t)-[r:RELATED_TO*1..3]->(u) RETURN t.reduce, u[0]",
    ],
)
def test_loops_over_one_list_may_run(text: str) -> None:
    assert reason(text) is None


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("MATCH (t:Term) SET t.name = 'x'", True),
        ("MATCH (t:Term) SET t:Gone", True),
        ("MATCH (t:Term) REMOVE t.name", True),
        ("MATCH (t:Term) SET (t).name = 'x'", True),
        ("MATCH (t:Term) REMOVE (t).name", True),
        ("MATCH (t:Term) WITH collect(t) AS l SET head(l).name = 'x'", True),
        ("MATCH (t:Term) SET t IS Gone", True),
        ("MATCH (return:Term) SET return.name = 'x'", True),
        ("RETURN eval('1')", True),
        ("MATCH (set:TermSet) WITH set ORDER BY set.id RETURN set", False),
        ("MATCH (t) WITH collect(t) AS a FOREACH (t IN a | SET t.x = 1)", True),
        ("MATCH (s:TermSet) RETURN s.id AS set, s.size AS other ORDER BY set, other", False),
        ("MATCH (s) WITH s.id AS set, s WHERE set = 'a' AND set CONTAINS s.name RETURN set + '.'", False),
    ],
)
def test_changes_of_what_is_there_are_seen_before_arcadedb_refuses_them(text: str, is_refused: bool) -> None:
    assert (for_arcadedb(text) is not None) is is_refused


def test_each_reason_has_a_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Reason)
    assert len(set(SENTENCES.values())) == len(Reason)


def test_what_a_reader_was_refused_is_called_by_its_name() -> None:
    assert writing("CREATE INDEX x FOR (t:Term) ON (t.x)").reason is Reason.SCHEMA
    assert writing("CREATE (:Term)").reason is Reason.WRITES
