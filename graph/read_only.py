"""Whether a statement does no more than read the graph.

Three judges, each for what it knows best. The words of a statement (`by_words`) tell on every engine what no server
refuses: several statements, a plan instead of an answer, procedures that are not known to read. Neo4j's plan
(`by_plan`) tells what a statement really does, for read access refuses writes but reads files and ends transactions of
others. ArcadeDB's reading account refuses all that writes; what it meant is found in the words (`writing`).
"""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

from graph.cypher_text import Token, calls, functions, readings, tokens
from graph.loops import of_loops
from graph.refusals import DEEPEST, LONGEST, Reason, Refusal

PROCEDURES = frozenset(
    {
        "db.index.fulltext.listavailableanalyzers",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.index.vector.querynodes",
        "db.index.vector.queryrelationships",
        "db.info",
        "db.labels",
        "db.ping",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "dbms.components",
    }
)
NAMESPACES = frozenset(
    {"date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector", "zoned_datetime"}
)
SHOWN = ("INDEX", "INDEXES", "CONSTRAINT", "CONSTRAINTS", "FUNCTION", "FUNCTIONS", "PROCEDURE", "PROCEDURES")
KINDS_OF_SHOWN = (
    *("ALL", "BUILT", "IN", "USER", "DEFINED", "FULLTEXT", "LOOKUP", "POINT", "RANGE", "TEXT", "VECTOR", "UNIQUE"),
    *("UNIQUENESS", "KEY", "NODE", "RELATIONSHIP", "REL", "EXIST", "EXISTENCE", "PROPERTY", "TYPE", "EXECUTABLE"),
)
ACCOUNTS = ("USER", "USERS", "ROLE", "ROLES", "DATABASE", "DATABASES", "ALIAS", "ALIASES", "SERVER", "SERVERS")
MANAGED = ("PRIVILEGE", "PRIVILEGES", "HOME", "COMPOSITE", "CURRENT", "DEFAULT", "SUPPORTED", "POPULATED", "IMMUTABLE")
SCHEMA = (
    *("INDEX", "CONSTRAINT", "FULLTEXT", "RANGE", "TEXT", "POINT", "VECTOR", "LOOKUP", "BTREE", "TYPE", "PROPERTY"),
    *("VERTEX", "EDGE", "BUCKET", "TRIGGER", "VIEW", "MATERIALIZED"),
)
# What goes on behind a name.
GOING_ON = (
    *("AND", "AS", "ASC", "CONTAINS", "DESC", "ENDS", "IN", "IS", "LIMIT", "MATCH", "OR", "ORDER", "RETURN", "SKIP"),
    *("STARTS", "WHERE", "WITH", "XOR"),
)
BEFORE_NAMES = ("AND", "AS", "BY", "IN", "NOT", "OR", "RETURN", "WHERE", "WITH", "XOR")
OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "KILL", "TERMINATE")
# What Neo4j's plan calls the steps that are no reading of the graph.
OPERATORS = {
    "loadcsv": Reason.FILES,
    "showtransactions": Reason.TRANSACTIONS,
    "terminatetransactions": Reason.TRANSACTIONS,
    "transactionforeach": Reason.BATCHES,
    "transactionapply": Reason.BATCHES,
    "showsettings": Reason.SERVER,
    "showdatabase": Reason.ACCOUNTS,
    "showuser": Reason.ACCOUNTS,
    "showrole": Reason.ACCOUNTS,
    "showprivilege": Reason.ACCOUNTS,
    "administration": Reason.ACCOUNTS,
}


def by_words(text: str) -> Refusal | None:
    """What the words of a statement forbid on every engine; None leaves the judgement to the server."""
    if len(text) > LONGEST:
        return Refusal(Reason.SIZE, f"{LONGEST:,}")
    return next((found for one in readings(text) if (found := _of_tokens(tokens(one)))), None)


def _of_tokens(found: tuple[Token, ...]) -> Refusal | None:
    while found and found[-1].text == ";":
        found = found[:-1]
    if any(token.text == ";" for token in found):
        return Refusal(Reason.SEVERAL)
    if _depth(found) > DEEPEST:
        return Refusal(Reason.DEPTH, str(DEEPEST))
    begins = _without_options(found)
    if begins and begins[0].says("EXPLAIN", "PROFILE"):
        return Refusal(Reason.PLAN)
    return _of_command(begins) or _of_clauses(begins) or _of_calls(found) or of_loops(found)


def _depth(found: tuple[Token, ...]) -> int:
    steps = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
    return max(accumulate((steps.get(token.text, 0) for token in found), initial=0))


def _without_options(found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without `CYPHER 5 runtime=slotted` and the like, which may stand before the statement."""
    if not found or not found[0].says("CYPHER"):
        return found
    rest = found[1:]
    if rest and rest[0].sort == "number":
        rest = rest[1:]
    while len(rest) > 2 and rest[1].text == "=":
        rest = rest[3:]
    return _without_options(rest)


def _of_command(found: tuple[Token, ...]) -> Refusal | None:
    """Of a statement that is no query but a command."""
    words = [token.text.upper() for token in found[:6] if token.sort == "word"]
    if not words:
        return None
    first, rest = words[0], words[1:]
    if first in ("GRANT", "DENY", "REVOKE", "ALTER", "START", "STOP", "RENAME", "ENABLE", "DEALLOCATE", "REALLOCATE"):
        return Refusal(Reason.ACCOUNTS)
    shown = first == "SHOW" and rest[:1] in (["TRANSACTION"], ["TRANSACTIONS"])
    if shown or first in OF_TRANSACTIONS:
        return Refusal(Reason.TRANSACTIONS)
    if first == "SHOW":
        return _of_show(rest)
    if first in ("CREATE", "DROP") and not _is_pattern(found):
        kinds = [word for word in rest if word not in ("OR", "REPLACE")][:1]
        return Refusal(Reason.ACCOUNTS if kinds and kinds[0] in (*ACCOUNTS, *MANAGED) else Reason.SCHEMA)
    return None


def _of_show(rest: list[str]) -> Refusal | None:
    what = next((word for word in rest if word not in KINDS_OF_SHOWN or word in SHOWN), "")
    if what in SHOWN:
        return None
    managed = {*ACCOUNTS, *MANAGED}.intersection(rest)
    return Refusal(Reason.ACCOUNTS if managed else Reason.SERVER)


def _is_pattern(found: tuple[Token, ...]) -> bool:
    """Whether what follows the first word is a node, or a path with a name, and not the name of a thing to make."""
    following = found[1:3]
    return bool(following) and (following[0].text in "([" or (len(following) > 1 and following[1].text == "="))


def _of_clauses(found: tuple[Token, ...]) -> Refusal | None:
    for at, token in enumerate(found):
        before = found[at - 1] if at else Token("sign", "{")
        after = found[at + 1] if at + 1 < len(found) else Token("sign", "")
        if token.says("LOAD") and after.says("CSV"):
            return Refusal(Reason.FILES)
        if token.text == "}" and after.says("IN") and _is_batched(found, at + 2):
            return Refusal(Reason.BATCHES)
        if token.says("USE") and after.sort in ("word", "name") and not _is_name(before, after):
            return Refusal(Reason.DATABASE)
        if token.says("TERMINATE", "SHOW") and after.says("TRANSACTION", "TRANSACTIONS"):
            return Refusal(Reason.TRANSACTIONS)
    return None


def _is_name(before: Token, after: Token) -> bool:
    """Whether what stands between these is a name that somebody chose, not a word of the language."""
    return before.text in (".", ":", "(", "[", ",", "|", "&") or before.says(*BEFORE_NAMES) or after.says(*GOING_ON)


def _is_batched(found: tuple[Token, ...], at: int) -> bool:
    """Whether `IN`, before this place, is followed by TRANSACTIONS: at once, or after an amount and CONCURRENT."""
    depth = 0
    for token in found[at:]:
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.sort == "sign" else 0
        if depth < 0 or token.text in ("}", "]"):
            return False
        if not depth and token.sort == "word" and not token.says("CONCURRENT"):
            return token.says("TRANSACTION", "TRANSACTIONS")
    return False


def _of_calls(found: tuple[Token, ...]) -> Refusal | None:
    for name in calls(found):
        if name not in PROCEDURES:
            return Refusal(Reason.PROCEDURE, name)
    for name in functions(found):
        if name.partition(".")[0] not in NAMESPACES:
            return Refusal(Reason.FUNCTION, name)
    return None


def for_arcadedb(text: str) -> Refusal | None:
    """What ArcadeDB's account refuses only when the transaction ends, which that of a query cut short never does."""
    return next((found for one in readings(text) if (found := _of_changes(tokens(one)))), None)


def _of_changes(found: tuple[Token, ...]) -> Refusal | None:
    for at, token in enumerate(found):
        before = found[at - 1] if at else Token("sign", "")
        after = found[at + 1] if at + 1 < len(found) else Token("sign", "")
        begins = after.sort in ("word", "name") or after.text == "("
        is_target = at + 2 < len(found) and found[at + 2].text in (".", ":", "=", "+", "[") and before.text not in ".:"
        if begins and token.says("SET", "REMOVE") and (is_target or not _is_name(before, after)):
            return Refusal(Reason.WRITES)
        if token.says("FOREACH") and after.text == "(" and before.text not in (".", ":"):
            return Refusal(Reason.WRITES)
        if token.says("EVAL") and after.text == "(" and before.text != ".":  # it runs the SQL within a text
            return Refusal(Reason.FUNCTION, "eval")
    return None


def by_plan(query_type: str | None, plan: dict[str, Any] | None) -> Refusal | None:
    """What Neo4j's EXPLAIN forbids: its type of the statement, and each step of its plan."""
    for step in _steps(plan):
        if found := _of_step(step):
            return found
    if query_type == "s":
        return Refusal(Reason.SCHEMA)
    return None if query_type in ("r", None) else Refusal(Reason.WRITES)


def _of_step(step: dict[str, Any]) -> Refusal | None:
    operator = str(step.get("operatorType", "")).lower()
    if "procedurecall" in operator:
        name = str(step.get("args", {}).get("Details", "")).partition("(")[0].strip()
        return None if name.lower() in PROCEDURES else Refusal(Reason.PROCEDURE, name)
    return next((Refusal(reason) for name, reason in OPERATORS.items() if name in operator), None)


def _steps(plan: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if plan:
        yield plan
        for child in plan.get("children", ()):
            yield from _steps(child)


def writing(text: str) -> Refusal:
    """What a statement meant that the server refused to a reader; it found more in it than its words tell."""
    words = [token.text.upper() for token in tokens(readings(text)[0]) if token.sort == "word"]
    if any(first in ("CREATE", "DROP") and second in SCHEMA for first, second in pairwise(words)):
        return Refusal(Reason.SCHEMA)
    return Refusal(Reason.WRITES)
