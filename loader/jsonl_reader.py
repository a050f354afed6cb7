"""Reads a term set from JSON Lines: a header object, then one object a term, with the keys of YAML's.

Lines are read one by one, each time their terms are needed, so that a long file costs little more memory than its
text; a broken line does not hide the next.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from loader.json_nodes import compose_json
from loader.json_terms import Line, LineTerms, OddLineError, plain_term
from loader.model import Header, Position, Problem, WrittenSet, WrittenTerm
from loader.slug import slug
from loader.yaml_reader import HEADER_KEYS, TERM_KEYS, Reading, header_of, lenient, mapping, term_of

KEYS_OF_HEADER = tuple(key for key in HEADER_KEYS if key != "terms")
MOST_BROKEN = 10


def read_jsonl(text: str, file: str, stem: str) -> tuple[WrittenSet | None, list[Problem]]:
    """The set of a file's text, and the problems of its shape. `stem` is the set's id when the header gives none."""
    raw = text.encode("utf-8", "surrogatepass")
    pass_ = _Pass(file, stem, LineTerms(raw, file, lambda line: _odd_term(line, _reading(file))))
    for start, line in _lines(raw, file):
        if line.raw.strip(b" \t\r"):
            pass_.read(start, line)
        if pass_.broken == MOST_BROKEN:
            message = "The rest is not read: write one object a line, as JSON Lines wants."
            pass_.reading.problems.append(Problem(Position(file, line.number + 1), "syntax", message))
            break
    return pass_.result()


def _reading(file: str) -> Reading:
    return Reading(file, list_remedy='write it in brackets, such as ["one", "two"]')


@dataclass
class _Pass:
    """The first pass over the lines: finds the header, the terms and what is wrong with their shape."""

    file: str
    stem: str
    terms: LineTerms
    broken: int = 0
    first: Position | None = None
    optional: bool = False
    kind_positions: dict[str, Position] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reading = _reading(self.file)
        self.header = Header(id=slug(self.stem), title=self.stem)

    def read(self, start: int, line: Line) -> None:
        if self.first is None and self._is_header(line):
            return
        try:
            term: WrittenTerm | None = plain_term(line)
        except OddLineError:
            found = len(self.reading.problems)
            term = _odd_term(line, self.reading)
            self.broken += any(problem.code == "syntax" for problem in self.reading.problems[found:])
        if term is not None:
            self.terms.add(line, start, term)
            self.first = self.first or term.position.exact()

    def _is_header(self, line: Line) -> bool:
        """Whether this first value is the header, which is taken then; a file may begin with its first term."""
        try:
            node = compose_json(line.raw.decode("utf-8", "surrogatepass"), self.file, line.number)
        except json.JSONDecodeError:
            return False
        self.first = self.reading.at(node)
        if not isinstance(node, yaml.MappingNode):
            return False
        present = {str(key.value) for key, _ in node.value}
        if present.isdisjoint(KEYS_OF_HEADER) or not ("set" in present or present.isdisjoint(TERM_KEYS)):
            return False
        keys = mapping(self.reading, node, KEYS_OF_HEADER, "a term set's header")
        self.header, self.kind_positions = header_of(self.reading, keys, self.stem)
        self.optional = lenient(self.reading, keys)
        return True

    def result(self) -> tuple[WrittenSet | None, list[Problem]]:
        problems = self.reading.problems
        if not self.terms:
            return None, problems or [_nothing(self.file, self.first)]
        place = self.first or Position(self.file)
        return WrittenSet(self.header, self.terms, place, self.kind_positions, self.optional), problems


def _odd_term(line: Line, reading: Reading) -> WrittenTerm | None:
    """The term of a line, every value with its place; what is wrong is put into the reading's problems."""
    try:
        return term_of(reading, compose_json(line.raw.decode("utf-8", "surrogatepass"), line.file, line.number))
    except json.JSONDecodeError as error:
        place = Position(line.file, line.number, error.pos + 1)
        message = f"This line is not valid JSON ({error.msg}): check quotes, commas and brackets here."
        reading.problems.append(Problem(place, "syntax", message))
        return None


def _lines(text: bytes, file: str) -> Iterator[tuple[int, Line]]:
    """Parted at line feeds alone, each with where it starts: other line ends may stand inside a JSON text."""
    start = number = 0
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        number += 1
        yield start, Line(file, number, text[start:end])
        start = end + 1


def _nothing(file: str, first: Position | None) -> Problem:
    if first is None:
        return Problem(
            Position(file), "syntax", "The file is empty: it needs one JSON object a line, the first with `set`."
        )
    return Problem(first, "no-terms", "This set has no terms: add a line with an object for each.")
