"""Files, folders and standard input as texts of a known format, in a stable order.

What cannot be read becomes a problem with its place; the readers themselves never open a file.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loader.decoding import decode
from loader.formats import ENDINGS, Format
from loader.model import Position, Problem
from loader.page_reader import has_related_terms

STDIN = "-"
GUESSES = {Format.CSV: "Windows-1252"}


@dataclass(frozen=True)
class Source:
    """A text to read: `file` is the name that problems give, `stem` the set's id when the text gives none."""

    file: str
    stem: str
    text: str
    format: Format
    warnings: tuple[Problem, ...] = ()


def find_sources(paths: Iterable[str], format_: str | None = None) -> list[Source | Problem]:
    """The texts of files and folders, in a stable order, and a problem for each that cannot be read."""
    return list(_sources(paths, Format(format_) if format_ else None))


def _sources(paths: Iterable[str], format_: Format | None) -> Iterator[Source | Problem]:
    for name in paths:
        if name == STDIN:
            yield _stdin(format_ or Format.YAML)
            continue
        try:
            yield from _of_path(Path(name), format_)
        except OSError as error:
            yield _unreadable(Path(name), error)


def _stdin(format_: Format) -> Source | Problem:
    if sys.stdin is None:
        return Problem(Position("<stdin>"), "unreadable", "Standard input is closed: send a term set there.")
    return _decoded(sys.stdin.buffer.read(), "<stdin>", "stdin", format_)


def _of_path(path: Path, format_: Format | None) -> list[Source | Problem]:
    if not path.is_dir():
        return [_read(path, format_ or ENDINGS.get(path.suffix.lower()))]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    if not files:
        endings = ", ".join(sorted(ENDINGS))
        message = f"The folder holds no term set: put a file there ({endings})."
        return [Problem(Position(_readable(path)), "unreadable", message)]
    return [_in_folder(_read(file, format_ or ENDINGS[file.suffix.lower()])) for file in files]


def _in_folder(found: Source | Problem) -> Source | Problem:
    """A folder's texts are glossary pages where they have related terms; others, such as a README, are passed over."""
    if isinstance(found, Problem) or found.format is not Format.PAGE or has_related_terms(found.text):
        return found
    message = "The text has no line “Related Terms” and is passed over: name the file itself if it is a glossary page."
    return Problem(Position(found.file), "no-page", message, "warning")


def _read(path: Path, format_: Format | None) -> Source | Problem:
    if format_ is None:
        endings = ", ".join(sorted(ENDINGS))
        message = f"The ending {path.suffix!r} is none of {endings}: rename the file, or say --from."
        return Problem(Position(_readable(path)), "unreadable", message)
    try:
        return _decoded(path.read_bytes(), _readable(path), _readable(path.stem), format_)
    except OSError as error:
        return _unreadable(path, error)


def _unreadable(path: Path, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    message = f"The file or folder cannot be read ({reason}): check its name and rights."
    return Problem(Position(_readable(path)), "unreadable", message)


def _readable(name: Path | str) -> str:
    """A name in which bytes that are no text are replaced: what cannot be written in UTF-8, no database takes."""
    return os.fsencode(name).decode("utf-8", "replace")


def _decoded(raw: bytes, file: str, stem: str, format_: Format) -> Source | Problem:
    text, problems = decode(raw, file, GUESSES.get(format_, ""), declares=format_ is Format.RDFXML)
    return problems[0] if text is None else Source(file, stem, text, format_, tuple(problems))
