"""Writes docs/security.md, with the attacks that the tests make as a table: `python -m docs.security`."""

from pathlib import Path
from typing import Any

import yaml

from graph.read_only import NAMESPACES, PROCEDURES
from graph.refusals import SENTENCES

PAGE = Path(__file__).with_name("security.md")
ATTACKS = PAGE.parent.parent / "tests" / "integration" / "attacks.yaml"
HEAD = """# Security

This page is about the queries that people write themselves: in the console, with `conceptmap query`, through
`Graph.query`. They may read the graph, and nothing else. It is written by `python -m docs.security`; a test holds it
against the code and against the attacks.

## What stands in the way

1. **The words** of the statement, on both engines, before anything is sent: several statements, `EXPLAIN` and `PROFILE`,
   `LOAD CSV`, `CALL … IN TRANSACTIONS`, `USE`, commands about transactions, users, databases, the schema and the server,
   procedures and dotted functions outside the lists below, loops that no server can stop, more than 20,000 letters,
   brackets more than 100 deep. Unicode escapes are read both ways: as letters, and as what they are.
2. **The plan**, on Neo4j: `EXPLAIN` tells what the statement would do. Whatever writes, reads files, or calls what is not
   on the list is refused before it runs. For writes, the schema, files, procedures, batches, transactions, accounts and the server a test takes the words above away.
3. **The account and the access mode.** ArcadeDB's reading account may read records and nothing else; changes of what is
   there it refuses when the transaction ends, so `SET`, `REMOVE` and `FOREACH` are refused by their words as well, and `eval`, which runs the SQL in a text. On
   Neo4j the transaction has read access (and with `CONCEPTMAP_READ_USERNAME` an account of its own).
4. **Limits.** `CONCEPTMAP_QUERY_TIMEOUT` seconds, after which the query is ended on the server, by name, through the reading
   account itself; 1,000 rows, 10 MB in all and 100 KB in a cell in the explorer (on the command line `--limit` rows, 100 MB
   and 1 MB). Which limit was reached is told. `CONCEPTMAP_QUERIES_AT_ONCE` queries run at once in a process, up to 50 wait
   for their turn, in order, for at most three times the time limit.
5. **No second try.** A statement that ended with the server is not sent again.

Errors are sentences: names of classes and settings, addresses and paths of the server are left out of them.

| what | sentence |
|---|---|
"""
OPEN = """
## What may be called

Procedures: {procedures}. Functions with a dot in their name: those that begin with {namespaces}.

## What is open

- **Memory, by doubling step by step.** `WITH [0] AS x WITH x + x AS x …`, thirty times, or the same with a text, fills
  the heap of ArcadeDB: no row passes between which the server would look at a limit, and nothing in the words is wrong. The
  bundled server ends by itself (`-XX:+ExitOnOutOfMemoryError`), and the supervisor starts it again; what was acknowledged is
  there. Measured on two busy cores: gone after 3 to 8 s, back 10 s later. After more than five such ends in a minute the
  supervisor gives up, until the next command starts it. Neo4j stopped the same statements at the time limit; a text that
  `reduce` doubled ended it too, which is why `reduce` is refused. Do not let strangers ask on a bundled server.
- **A loop over a long list that looks into it at each step**, such as `[x IN l WHERE x IN l]`, is not stopped by either engine
  before it is through, whether the graph gave the list or `collect` and `range` made it. Whoever asked gets the time limit's sentence; the query keeps its
  turn until it has ended, so that at most `CONCEPTMAP_QUERIES_AT_ONCE` of them run.
- **One cell comes whole** from the server into our process before it is cut.
- **An ArcadeDB of your own** must have an account that may only read (`CONCEPTMAP_READ_USERNAME`); without one, queries are
  refused. On Neo4j Community any account may write: the plan and read access stand alone there.
- **The planner.** A statement whose planning takes long on Neo4j is left at the time limit; the server may plan on for some
  seconds.

## The attacks

Every statement here is asked on both engines by `tests/integration/test_attacks.py`, and the graph is compared before and
after. "By its words", "the plan" and "the account" are the first three of the list above.

| what is tried | statement | ends on ArcadeDB | ends on Neo4j |
|---|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    sentences = "".join(f"| {reason} | {text.replace('{name}', '…')} |\n" for reason, text in SENTENCES.items())
    listed = OPEN.format(procedures=_names(PROCEDURES), namespaces=_names(f"{name}." for name in NAMESPACES))
    attacks = yaml.safe_load(ATTACKS.read_text(encoding="utf-8"))
    return HEAD + sentences + listed + "".join(_row(one) for one in attacks)


def _names(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _row(one: dict[str, Any]) -> str:
    ends = one["ends"]
    return f"| {one['group']}: {one['name']} | {_code(one['text'])} | {ends['arcadedb']} | {ends['neo4j']} |\n"


def _code(text: str) -> str:
    shown = " ".join(text.split()).replace("|", "\\|")
    if len(shown) > 120:
        shown = shown[:119].rstrip("\\") + "…"
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
