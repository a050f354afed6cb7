"""Cypher statements as files: `cypher/<folder>/<name>.cypher`, each with a header of comments.

The header tells a reader what the statement answers and which parameters it takes; it is read here
and held against the text by a test. No Cypher stands in Python.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.heads import head

ROOT = Path(__file__).resolve().parent.parent
CYPHER = ROOT / "cypher"
PARAMETER = re.compile(r"(?:^|[;,]\s*)(\w+)\s*\(")


@dataclass(frozen=True)
class Statement:
    """One statement. `name` is "folder/stem"; `engine` is "" when it runs on every engine."""

    name: str
    title: str
    answers: str
    parameters: tuple[str, ...]
    engine: str
    text: str


@cache
def statement(name: str) -> Statement:
    """The statement "folder/stem". Raises FileNotFoundError: a missing file is a defect of ours."""
    return parse_statement(name, (CYPHER / f"{name}.cypher").read_text(encoding="utf-8"))


def parse_statement(name: str, source: str) -> Statement:
    """Split a file into its header fields and its text (the text keeps the header: it can be pasted)."""
    fields = head(source)
    last = {field.name: field.text for field in fields}
    # Of the library, which has a line for each parameter: see `graph.library`.
    own = [field.text.partition(":")[0].strip() for field in fields if field.name == "parameter"]
    return Statement(
        name=name,
        title=last.get("title", ""),
        answers=last.get("answers", ""),
        parameters=(*PARAMETER.findall(_outside_parentheses(last.get("parameters", ""))), *own),
        engine=last.get("engine", ""),
        text=source.strip(),
    )


def names(folder: str = "") -> list[str]:
    """The names of all statements, or of one folder, sorted."""
    root = CYPHER / folder if folder else CYPHER
    return sorted(str(path.relative_to(CYPHER).with_suffix("")) for path in root.rglob("*.cypher"))


def _outside_parentheses(text: str) -> str:
    return re.sub(r"\([^)]*\)", "()", text)
