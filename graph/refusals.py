"""Why a person's own statement is refused, and the sentence for each reason."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a statement is refused."""

    WRITES = "writes"
    SCHEMA = "schema"
    FILES = "files"
    PROCEDURE = "procedure"
    FUNCTION = "function"
    TRANSACTIONS = "transactions"
    BATCHES = "batches"
    ACCOUNTS = "accounts"
    SERVER = "server"
    DATABASE = "database"
    PLAN = "plan"
    SEVERAL = "several"
    SIZE = "size"
    LOOPS = "loops"
    DEPTH = "depth"


SENTENCES = {
    Reason.WRITES: "This statement would change the graph, and only reading is allowed here: load term sets with "
    "`conceptmap load`.",
    Reason.SCHEMA: "This statement would change indexes, constraints or types, and only reading is allowed here: leave "
    "that to `conceptmap load`.",
    Reason.FILES: "This statement would read files or addresses, and only reading is allowed here, of the graph alone: "
    "load a table with `conceptmap load`.",
    Reason.PROCEDURE: "The procedure {name} is none that is known to read the graph and nothing else, and only reading "
    "is allowed here: db.labels() is one that is, docs/security.md lists them all.",
    Reason.FUNCTION: "The function {name} is none that is known to be harmless, and only reading is allowed here: "
    "docs/security.md lists those with a dot in their name that are.",
    Reason.TRANSACTIONS: "This statement would see or end what others ask, begin or end a transaction, and only "
    "reading is allowed here: ask for terms.",
    Reason.BATCHES: "CALL … IN TRANSACTIONS is for writing, and only reading is allowed here: leave IN TRANSACTIONS "
    "out.",
    Reason.ACCOUNTS: "This statement is about users, roles or databases, and only reading is allowed here: manage them "
    "with the server's own tools.",
    Reason.SERVER: "This statement asks about the server instead of the graph, and only reading is allowed here: ask "
    "for terms.",
    Reason.DATABASE: "USE would ask another database, and only reading is allowed here, of this one: leave USE out.",
    Reason.PLAN: "EXPLAIN and PROFILE give a plan instead of an answer, and only reading is allowed here: leave the "
    "word out.",
    Reason.SEVERAL: "Here is more than one statement: ask one at a time, without a semicolon between.",
    Reason.LOOPS: "{name} cannot be stopped once it runs: make rows of the list with UNWIND instead.",
    Reason.DEPTH: "Brackets stand in one another more than {name} deep: take the statement apart with WITH.",
    Reason.SIZE: "This statement is longer than {name} letters: shorten it, or hand long lists over as parameters.",
}
LONGEST = 20_000
DEEPEST = 100


@dataclass(frozen=True)
class Refusal:
    """Why a statement is refused; `name` is the procedure or function that is at fault."""

    reason: Reason
    name: str = ""

    @property
    def sentence(self) -> str:
        """What the person who asked is told."""
        return SENTENCES[self.reason].format(name=self.name)
