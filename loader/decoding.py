"""Bytes to text: UTF-8, or what the file's own first bytes say. What is no text becomes a problem with its place."""

import codecs
import re

from loader.model import Position, Problem, one_line

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


# Only encodings of letters: Python knows others under such names, which pack or run what they read.
DECLARED = re.compile(rb"<\?xml[^>]*\bencoding=[\"'](?P<name>(?:utf|iso-8859|windows|us-ascii)[\w-]*)", re.IGNORECASE)


def decode(raw: bytes, file: str, guess: str = "", declares: bool = False) -> tuple[str | None, list[Problem]]:
    """The text, or None with a problem at the first byte that is none.

    `guess` is what a text that is not UTF-8 is taken for, with a warning; one that `declares` its encoding is XML.
    """
    declared = DECLARED.match(raw) if declares else None
    encoding = next((name for mark, name in MARKS if raw.startswith(mark)), "")
    encoding = encoding or (declared["name"].decode() if declared else "utf-8")
    try:
        return raw.decode(encoding), []
    except LookupError:
        message = f"The encoding {encoding!r} that the file names is unknown: save the file in UTF-8."
        return None, [Problem(Position(file), "unreadable", message)]
    except UnicodeDecodeError as error:
        if guess and encoding == "utf-8":
            return _guessed(raw, file, error.start, guess)
        return None, [_undecodable(error, file)]


def nul_problem(text: str, file: str) -> Problem | None:
    """The first NUL character, which no text has; often it is UTF-16 without a mark that says so."""
    if "\0" not in text:
        return None
    before = text[: text.index("\0")]
    place = Position(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem(place, "syntax", "Here is a NUL character: save the file as text in UTF-8.")


def _guessed(raw: bytes, file: str, start: int, guess: str) -> tuple[str | None, list[Problem]]:
    """The text as `guess`, unless letters that are UTF-8 stand in it too: then the file is broken UTF-8."""
    try:
        text, before = raw.decode(guess), raw[:start].decode(guess)
        if not raw.decode("utf-8", "ignore").isascii():
            raise UnicodeDecodeError("utf-8", raw, start, start + 1, "broken")
    except UnicodeDecodeError as error:
        return None, [_undecodable(error, file)]
    word = before[-20:].rsplit(maxsplit=1)[-1:] + text[len(before) : len(before) + 20].split(maxsplit=1)[:1]
    shown = one_line("".join(word))
    message = f"Not UTF-8, so read as {guess}, in which this is “{shown}”: if that is wrong, save it in UTF-8."
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return text, [Problem(Position(file, line, column), "guessed-encoding", message, "warning")]


def _undecodable(error: UnicodeDecodeError, file: str) -> Problem:
    """The error tells of the bytes that were decoded, which a mark at the beginning of the file may not be part of."""
    before = error.object[: error.start].decode(error.encoding, "ignore").removeprefix("\ufeff")
    place = Position(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    message = f"Byte 0x{error.object[error.start]:02x} is not {error.encoding.upper()}: save the file in UTF-8."
    return Problem(place, "unreadable", message)
