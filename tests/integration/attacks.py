"""The attacks of attacks.yaml, and what becomes of one: which kind of end it finds, and what stops it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.connection import Graph
from graph.errors import QueryFailed, QueryTimeout, ReadOnlyRefused
from graph.limits import Limits
from graph.read_only import by_words, for_arcadedb

FILE = Path(__file__).with_suffix(".yaml")
SECONDS = 1.5


@dataclass(frozen=True)
class Attack:
    """A statement that must not do what it is for; `ends` says for each engine how it ends, as `end` tells it."""

    group: str
    name: str
    text: str
    params: dict[str, Any]
    ends: dict[str, str]


def read() -> list[Attack]:
    """All attacks, in the file's order. `repeat` and `nest` say how often the statement's middle stands in it."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [Attack(row["group"], row["name"], _text(row), row.get("params", {}), row["ends"]) for row in rows]


def _text(row: dict[str, Any]) -> str:
    if times := row.get("repeat"):
        return "RETURN " + "1 + " * times + "1 AS n"
    if times := row.get("nest"):
        return "RETURN " + "[" * times + "]" * times + " AS n"
    return str(row["text"])


def end(graph: Graph, attack: Attack) -> str:
    """How an attack ends: "KIND by WHAT"."""
    try:
        result = graph.query(attack.text, attack.params, Limits(seconds=SECONDS))
    except ReadOnlyRefused as error:
        return f"{error.reason} by {_who(graph, attack.text)}"
    except QueryTimeout:
        return "stopped by the time limit"
    except QueryFailed as error:
        return "stopped by the memory limit" if "more memory" in str(error) else "refused as wrong by the server"
    return f"cut by the limit of {result.cuts[0].what}" if result.cuts else "answered, and nothing done"


def _who(graph: Graph, text: str) -> str:
    if by_words(text) or (graph.engine == "arcadedb" and for_arcadedb(text)):
        return "its words"
    return "the plan" if graph.engine == "neo4j" else "the account"
