"""Bytes to text: UTF-8, or what the file's own first bytes say. What is no text becomes a problem with its place."""

import codecs

from loader.model import Position, Problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text, or None with a problem at the first byte that is none."""
    encoding = next((name for mark, name in MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding), []
    except UnicodeDecodeError as error:
        message = f"Byte 0x{raw[error.start]:02x} is not {error.encoding.upper()}: save the file in UTF-8."
        return None, [Problem(_place(raw, error, file), "unreadable", message)]


def _place(raw: bytes, error: UnicodeDecodeError, file: str) -> Position:
    before = raw[: error.start].decode(error.encoding, "ignore")
    return Position(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
