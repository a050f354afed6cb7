"""Queries that people share as files: title, what they answer, typed parameters with defaults, and the statement.

A file says so in comments at its head:

    // Title: The most connected terms
    // Answers: the terms with the most neighbours
    // Parameter: limit: integer = 10 -- how many terms
    MATCH …

A parameter without `= default`, which is JSON, must be given. The files of `cypher/library/` ship; a folder of one's
own is added, and goes before these where a name is in both. Pure but for `read_library`, which reads the files.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.cypher_text import parameters as used_parameters
from graph.errors import LibraryWrong, UnknownQuery
from graph.heads import head
from graph.refusals import LONGEST
from graph.statements import CYPHER

SHIPPED = CYPHER / "library"
NAME = re.compile(r"[\w][\w.-]*")
PARAMETER = re.compile(r"(?P<name>\w+)\s*:\s*(?P<type>[\w-]+)\s*(?:=\s*(?P<default>.*?))?\s*(?:\s--\s*(?P<help>.*))?$")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


# Each type, whether a value is of it, and how a sentence calls it. Terms, categories, kinds and sets are texts of which
# whoever shows a form knows the choices.
TYPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "string": (_is_text, "a text"),
    "term": (_is_text, "the id of a term"),
    "category": (_is_text, "a category"),
    "kind": (_is_text, "a kind of relation"),
    "set": (_is_text, "the id of a set"),
    "integer": (_is_integer, "a whole number"),
    "number": (_is_number, "a number"),
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "strings": (_is_texts, "a list of texts"),
}
TEXTS = ("string", "term", "category", "kind", "set")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query; `type` is a key of TYPES, `default` None when it `is_required`."""

    name: str
    type: str
    default: Any
    is_required: bool
    help: str


@dataclass(frozen=True)
class LibraryQuery:
    """A query of the library; `text` keeps the head, so that it can be pasted, `path` is "" when it ships."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    path: str = ""


@dataclass(frozen=True)
class Library:
    """The queries by name, sorted, and a sentence for each file that could not be read."""

    queries: tuple[LibraryQuery, ...]
    problems: tuple[str, ...] = ()

    def find(self, name: str) -> LibraryQuery:
        """The query of that name. Raises UnknownQuery, which names the nearest."""
        for query in self.queries:
            if query.name == name:
                return query
        raise UnknownQuery(_unknown(name, [query.name for query in self.queries]))


def read_library(own: Path | None = None) -> Library:
    """The library that ships, and a folder of one's own. Raises LibraryWrong when that folder cannot be read."""
    found, problems = _read_folder(SHIPPED, "")
    if own is not None:
        folder = own.expanduser()
        if not folder.is_dir():
            raise LibraryWrong(f"There is no folder {own}: correct CONCEPTMAP_LIBRARY, or make it.")
        mine, wrong = _read_folder(folder, str(folder))
        found |= mine
        problems += wrong
    return Library(tuple(found[name] for name in sorted(found)), tuple(problems))


def _read_folder(folder: Path, where: str) -> tuple[dict[str, LibraryQuery], list[str]]:
    found: dict[str, LibraryQuery] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.cypher")):
        try:
            found[path.stem] = _read_file(path, where)
        except LibraryWrong as error:
            problems.append(str(error))
    return found, problems


def _read_file(path: Path, where: str) -> LibraryQuery:
    try:
        if path.stat().st_size > LONGEST:
            raise LibraryWrong(f"{path}: it has more than {LONGEST:,} bytes: a query is a page or two.")
        source = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryWrong(f"{path}: it cannot be read ({error}): make it a text in UTF-8.") from error
    return parse(path.stem, source, str(path), where and str(path))


def parse(name: str, source: str, place: str, path: str = "") -> LibraryQuery:
    """A query from its file's text. Raises LibraryWrong with `place`, line, cause and remedy."""
    if not NAME.fullmatch(name):
        raise LibraryWrong(f"{place}: {name!r} is no name of a query: use letters, digits, -, _ and dots alone.")
    fields = head(source)
    last = {field.name: field.text for field in fields}
    title = last.get("title", "")
    if not title:
        raise LibraryWrong(f"{place}:1: the title is missing: begin with a line such as // Title: Islands")
    found = tuple(_parameter(field.text, f"{place}:{field.line}") for field in fields if field.name == "parameter")
    names = [one.name for one in found]
    for one in names:
        if names.count(one) > 1:
            raise LibraryWrong(f"{place}: the parameter {one!r} is declared twice: take one away.")
    _check_body(source, set(names), place)
    description = last.get("answers", last.get("description", ""))
    return LibraryQuery(name, title, description, found, source.strip().rstrip(";"), path)


def declares(source: str) -> bool:
    """Whether a statement has parameters at its head, as the queries of the library have them."""
    return any(field.name == "parameter" for field in head(source))


def _parameter(text: str, place: str) -> Parameter:
    match = PARAMETER.fullmatch(text)
    if match is None:
        raise LibraryWrong(
            f"{place}: {text!r} is no parameter: write // Parameter: limit: integer = 10 -- how many terms"
        )
    name, type_ = match["name"], match["type"]
    if type_ not in TYPES:
        raise LibraryWrong(f"{place}: {type_!r} is no type of a parameter: use one of {', '.join(TYPES)}.")
    if match["default"] is None:
        return Parameter(name, type_, None, True, match["help"] or "")
    try:
        default = json.loads(match["default"])
    except (ValueError, RecursionError) as error:
        raise LibraryWrong(
            f"{place}: the default {match['default']!r} of {name} is no JSON: put a text in double quotes."
        ) from error
    is_right, wanted = TYPES[type_]
    if not is_right(default):
        raise LibraryWrong(f"{place}: the default {match['default']} of {name} is not {wanted}, as its type says.")
    return Parameter(name, type_, default, False, match["help"] or "")


def _check_body(source: str, declared: set[str], place: str) -> None:
    used = used_parameters(source)
    body = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("//")]
    if not body:
        raise LibraryWrong(
            f"{place}: there is no statement below the head: add one, such as MATCH (t:Term) RETURN t.name"
        )
    for name in sorted(used - declared):
        raise LibraryWrong(f"{place}: ${name} is not declared: add // Parameter: {name}: string -- what it is")
    for name in sorted(declared - used):
        raise LibraryWrong(
            f"{place}: the parameter {name} is declared and not used: take its line away, or use ${name}."
        )


def bind(query: LibraryQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters to run a query with: those given, by name, and the defaults of the others. Raises LibraryWrong."""
    known = {one.name: one for one in query.parameters}
    for name in given:
        if name not in known:
            choice = ", ".join(known) or "none"
            raise LibraryWrong(f"{query.name} has no parameter {name!r}: it takes {choice}.")
    return {one.name: _value(query, one, given) for one in query.parameters}


def _value(query: LibraryQuery, parameter: Parameter, given: Mapping[str, Any]) -> Any:
    if parameter.name not in given:
        if parameter.is_required:
            raise LibraryWrong(f"{query.name} needs the parameter {parameter.name}: give it a value.")
        return parameter.default
    value = given[parameter.name]
    is_right, wanted = TYPES[parameter.type]
    if parameter.type == "number" and _is_integer(value):
        return float(value)
    if not is_right(value):
        shown = json.dumps(value, ensure_ascii=False, default=str)[:80]
        raise LibraryWrong(f"The parameter {parameter.name} of {query.name} is {wanted}, and {shown} is not.")
    return value


def from_texts(query: LibraryQuery, given: Mapping[str, str]) -> dict[str, Any]:
    """Parameters as somebody typed them, each read as its type says: a list is JSON, or texts with commas between.

    Raises LibraryWrong, as `bind` does.
    """
    types = {one.name: one.type for one in query.parameters}
    return bind(query, {name: _read(types.get(name, "string"), text) for name, text in given.items()})


def _read(type_: str, text: str) -> Any:
    if type_ in TEXTS:
        return text
    if type_ == "strings" and not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text  # which is not of the type, and `bind` says so


def _unknown(name: str, names: Iterable[str]) -> str:
    from rapidfuzz import process

    near = process.extractOne(name.replace("_", "-"), list(names), score_cutoff=60)
    meant = f"did you mean {near[0]}?" if near else "conceptmap query --list tells what there is."
    return f"The library has no query {name!r}: {meant}"
