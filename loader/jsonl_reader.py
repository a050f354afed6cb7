"""Reads a term set from JSON Lines: a header object, then one object a term, with the keys of YAML's.

Lines are read one by one, so that a long file costs no more than its terms; a broken line does not hide the next.
"""

import json
from collections.abc import Iterator

import yaml

from loader.json_nodes import compose_json
from loader.model import Header, Position, Problem, WrittenSet, WrittenTerm
from loader.slug import slug
from loader.yaml_reader import HEADER_KEYS, TERM_KEYS, Reading, header_of, lenient, mapping, term_of

KEYS_OF_HEADER = tuple(key for key in HEADER_KEYS if key != "terms")
MOST_BROKEN = 10


def read_jsonl(text: str, file: str, stem: str) -> tuple[WrittenSet | None, list[Problem]]:
    """The set of a file's text, and the problems of its shape. `stem` is the set's id when the header gives none."""
    reading = Reading(file, list_remedy='write it in brackets, such as ["one", "two"]')
    header, kind_positions = Header(id=slug(stem), title=stem), dict[str, Position]()
    terms: list[WrittenTerm] = []
    first: Position | None = None
    optional = False
    for node in _nodes(text, reading):
        if first is None and isinstance(node, yaml.MappingNode) and _is_header(node):
            keys = mapping(reading, node, KEYS_OF_HEADER, "a term set's header")
            header, kind_positions = header_of(reading, keys, stem)
            optional = lenient(reading, keys)
        elif (term := term_of(reading, node)) is not None:
            terms.append(term)
        first = first or reading.at(node)
    if not terms:
        return None, reading.problems or [_nothing(file, first)]
    return WrittenSet(header, tuple(terms), first or Position(file), kind_positions, optional), reading.problems


def _is_header(node: yaml.MappingNode) -> bool:
    """An object with a key that only a header has; a file may begin with its first term."""
    keys = {str(key.value) for key, _ in node.value}
    return not keys.isdisjoint(KEYS_OF_HEADER) and ("set" in keys or keys.isdisjoint(TERM_KEYS))


def _nodes(text: str, reading: Reading) -> Iterator[yaml.Node]:
    broken = 0
    for number, line in enumerate(_lines(text), start=1):
        if not line.strip(" \t\r"):
            continue
        try:
            yield compose_json(line, reading.file, number)
        except json.JSONDecodeError as error:
            place = Position(reading.file, number, error.pos + 1)
            message = f"This line is not valid JSON ({error.msg}): check quotes, commas and brackets here."
            reading.problems.append(Problem(place, "syntax", message))
            broken += 1
        if broken == MOST_BROKEN:
            message = "The rest is not read: write one object a line, as JSON Lines wants."
            reading.problems.append(Problem(Position(reading.file, number + 1), "syntax", message))
            return


def _lines(text: str) -> Iterator[str]:
    """Parted at line feeds alone: other line ends may stand inside a JSON text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _nothing(file: str, first: Position | None) -> Problem:
    if first is None:
        return Problem(
            Position(file), "syntax", "The file is empty: it needs one JSON object a line, the first with `set`."
        )
    return Problem(first, "no-terms", "This set has no terms: add a line with an object for each.")
