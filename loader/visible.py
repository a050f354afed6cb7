"""The text that a reader of Markdown sees: without code, link targets, addresses and raw HTML.

What is left out leaves a mark in its place, so that the words on both sides of it never read as one phrase.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

GAP = " \ufffc "
PARAGRAPH = "\n\n"
SIGNS = re.compile(r"[`*_~<\[\\&]|^(?: {4}|\t| {0,3}[#>+-])", re.MULTILINE)
ADDRESS = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]{1,20}://\S*|\bwww\.\S+|(?<![\w.+-])[\w.+-]{1,64}@\w\S*")
SPACES = {"softbreak": " ", "hardbreak": " "}


def visible(markdown: str) -> str:
    """The words of a text; paragraphs, list items and cells are apart by an empty line."""
    text = "".join(_parts(_parser().parse(markdown))) if SIGNS.search(markdown) else markdown
    return ADDRESS.sub(GAP, text)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _parts(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from (_words(child) for child in token.children or ())
            yield PARAGRAPH


def _words(token: Token) -> str:
    if token.type == "text":
        return token.content
    # Emphasis, strikethrough and links open and close in the middle of a phrase.
    return SPACES.get(token.type, "" if token.nesting else GAP)
