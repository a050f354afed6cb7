"""Cypher statements as files: `cypher/<folder>/<name>.cypher`, each with a header of comments.

The header tells a reader what the statement answers and which parameters it takes; it is read here
and held against the text by a test. No Cypher stands in Python.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CYPHER = ROOT / "cypher"
HEADER = re.compile(r"^//\s*(Title|Answers|Parameters|Parameter|Engine):\s*(.*)$")
CONTINUED = re.compile(r"^//\s+(\S.*)$")
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
    fields: dict[str, str] = {}
    last = ""
    own: list[str] = []  # of the library, which has a line for each parameter: see `graph.library`
    for line in source.splitlines():
        if not line.startswith("//"):
            break
        if match := HEADER.match(line):
            last = match[1]
            fields[last] = match[2].strip()
            if last == "Parameter":
                own.append(match[2].partition(":")[0].strip())
        elif last and (more := CONTINUED.match(line)):
            fields[last] += " " + more[1].strip()
    return Statement(
        name=name,
        title=fields.get("Title", ""),
        answers=fields.get("Answers", ""),
        parameters=(*PARAMETER.findall(_outside_parentheses(fields.get("Parameters", ""))), *own),
        engine=fields.get("Engine", ""),
        text=source.strip(),
    )


def names(folder: str = "") -> list[str]:
    """The names of all statements, or of one folder, sorted."""
    root = CYPHER / folder if folder else CYPHER
    return sorted(str(path.relative_to(CYPHER).with_suffix("")) for path in root.rglob("*.cypher"))


def _outside_parentheses(text: str) -> str:
    return re.sub(r"\([^)]*\)", "()", text)
