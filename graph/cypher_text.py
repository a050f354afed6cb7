"""A statement of Cypher as words and signs: enough to see what it calls, never what it means.

Whether a statement may run is judged by the server (its plan, its account); this sees what no server tells, and
finds the words for what it refused. Comments are left out, and what stands in quotes is one token.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Sort = Literal["word", "name", "string", "number", "parameter", "sign"]
TOKEN = re.compile(
    r"""
    (?P<left_out>\s+|//[^\r\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:\\.|[^'\\])*(?:'|\Z)|"(?:\\.|[^"\\])*(?:"|\Z))
    |(?P<name>`(?:``|[^`])*(?:`|\Z))
    |(?P<parameter>\$(?:\w+|`(?:``|[^`])*`))
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d[\w]*(?:\.\d[\w]*)?)
    |(?P<sign>.)
    """,
    re.DOTALL | re.VERBOSE,
)
ESCAPED = re.compile(r"\\u+([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a statement; `text` of a quoted name is the name, of everything else as it is written."""

    sort: Sort
    text: str

    def says(self, *words: str) -> bool:
        """Whether it is one of these keywords, which are given in capitals."""
        return self.sort == "word" and self.text.upper() in words


def tokens(text: str) -> tuple[Token, ...]:
    """The statement's parts in their order, without comments and blanks."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        sort = match.lastgroup
        if sort == "name":
            yield Token("name", match[0].strip("`").replace("``", "`"))
        elif sort != "left_out" and sort is not None:
            yield Token(sort, match[0])  # type: ignore[arg-type]


def readings(text: str) -> tuple[str, ...]:
    """The statement as engines may read it: some take `\\u0043` for a C wherever it stands, others only in quotes."""
    unescaped = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return (text,) if unescaped == text else (unescaped, text)


def parameters(text: str) -> frozenset[str]:
    """The names of the parameters that a statement uses."""
    return frozenset(token.text[1:].strip("`") for token in tokens(text) if token.sort == "parameter")


def calls(found: tuple[Token, ...]) -> Iterator[str]:
    """The names of the procedures that a statement calls, in small letters."""
    for at, token in enumerate(found):
        if token.says("CALL") and _stands_alone(found, at):
            name, _ = dotted(found, at + 1)
            if name:
                yield name


def functions(found: tuple[Token, ...]) -> Iterator[str]:
    """The names of the functions with a namespace (`date.truncate`) that a statement calls, in small letters."""
    for at, token in enumerate(found):
        if token.sort in ("word", "name") and not _follows_dot(found, at):
            name, end = dotted(found, at)
            called = end < len(found) and found[end].text == "("
            if "." in name and called and not (at and found[at - 1].says("CALL")):
                yield name


def dotted(found: tuple[Token, ...], at: int) -> tuple[str, int]:
    """The dotted name that begins here in small letters, "" where none does, and where it ends."""
    parts: list[str] = []
    while at < len(found) and found[at].sort in ("word", "name"):
        parts.append(found[at].text.lower())
        at += 1
        if at + 1 >= len(found) or found[at].text != "." or found[at + 1].sort not in ("word", "name"):
            break
        at += 1
    return ".".join(parts), at


def _stands_alone(found: tuple[Token, ...], at: int) -> bool:
    """Whether a word is one of the language: `t.call` and `:CALL` are names."""
    return not (at and found[at - 1].text in (".", ":", "|", "&"))


def _follows_dot(found: tuple[Token, ...], at: int) -> bool:
    return bool(at) and found[at - 1].text == "."


__all__ = ["Token", "calls", "dotted", "functions", "parameters", "readings", "tokens"]
