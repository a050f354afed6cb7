"""The comments at the head of a statement's file: what it answers, and with which parameters."""

import re
from dataclasses import dataclass

FIELD = re.compile(r"^//\s*(Title|Answers|Description|Parameters?|Engine)\s*:\s*(.*)$", re.IGNORECASE)
CONTINUED = re.compile(r"^//\s{2,}(\S.*)$")


@dataclass(frozen=True)
class Field:
    """A field of a head: its line, its name in small letters, its text, which may go on over lines."""

    line: int
    name: str
    text: str


def head(source: str) -> list[Field]:
    """The fields of the comments with which a statement begins."""
    fields: list[Field] = []
    for number, line in enumerate(source.splitlines(), 1):
        if not line.startswith("//"):
            break
        if match := FIELD.match(line):
            fields.append(Field(number, match[1].lower(), match[2].strip()))
        elif fields and (more := CONTINUED.match(line)):
            last = fields.pop()
            fields.append(Field(last.line, last.name, f"{last.text} {more[1].strip()}"))
    return fields
