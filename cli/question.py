"""What `conceptmap query` is asked: a statement, a file with one, or a query of the library, and its parameters."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from cli.terminal import say
from graph.library import NAME, LibraryQuery, Parameter, declares, from_texts, parse, read_library
from loader import printing


@dataclass(frozen=True)
class Question:
    """A statement and the parameters to run it with."""

    text: str
    parameters: dict[str, Any]


def question(text: str | None, file: Path | None, given: Sequence[str], own: Path | None) -> Question:
    """What was asked. Raises BadParameter, LibraryWrong, UnknownQuery."""
    if (text is None) == (file is None):
        raise typer.BadParameter("Give a statement, the name of a query, or --file with a statement, not both.")
    parts = dict(_parted(one) for one in given)
    if file is None and text is not None and text != "-" and NAME.fullmatch(text.strip()):
        return _of_library(text.strip(), parts, own)
    source = str(text if text not in (None, "-") else _read(file))
    if declares(source):  # a statement that is written as those of the library is read as they are
        query = parse("statement", source, str(file or "-"))
        return Question(query.text, from_texts(query, parts))
    return Question(source, {name: _value(name, written) for name, written in parts.items()})


def _of_library(name: str, given: dict[str, str], own: Path | None) -> Question:
    library = read_library(own)
    for problem in library.problems:
        say(problem)
    query = library.find(name)
    return Question(query.text, from_texts(query, given))


def _read(file: Path | None) -> str:
    try:
        raw = file.read_bytes() if file is not None else _stdin()
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file or 'Standard input'} cannot be read: {error}.") from error


def _stdin() -> bytes:
    if sys.stdin is None:
        raise typer.BadParameter("Standard input is closed: give the statement as an argument.")
    return sys.stdin.buffer.read()


def _parted(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is no parameter: write name=value.")
    return name, value


def _value(name: str, written: str) -> Any:
    """The value of a parameter: JSON, or else a text."""
    try:
        return printing.json_or_text(written)
    except (ValueError, RecursionError) as error:
        raise typer.BadParameter(f"The value of {name} cannot be read: {error}.") from error


def list_library(own: Path | None, output: printing.Output) -> None:
    """Print the queries of the library; no server is needed."""
    library = read_library(own)
    for problem in library.problems:
        say(problem)
    as_json = output is printing.Output.JSON
    columns = ("name", "title", "description", "parameters") if as_json else ("name", "title", "parameters")
    printing.table(columns, [_row(query, as_json) for query in library.queries], output, unbroken=["name"])


def _row(query: LibraryQuery, as_json: bool) -> list[Any]:
    if not as_json:
        return [query.name, query.title, "; ".join(_told(one) for one in query.parameters)]
    parameters = [
        {"name": one.name, "type": one.type, "default": one.default, "required": one.is_required, "help": one.help}
        for one in query.parameters
    ]
    return [query.name, query.title, query.description, parameters]


def _told(parameter: Parameter) -> str:
    if parameter.is_required:
        return f"{parameter.name} ({parameter.type})"
    default = parameter.default if isinstance(parameter.default, str) else printing.as_text(parameter.default)
    return f"{parameter.name}={default}"
