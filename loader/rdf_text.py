"""RDF text to a graph by rdflib, so that nothing in a file can fetch or inflate, and the lines of its subjects.

rdflib fetches JSON-LD contexts from other servers and would expand an XML document's entities; both are refused here,
before it sees the text.
"""

import json
import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat
from xml.sax import SAXException, SAXParseException

import yaml
from rdflib import BNode, Dataset, Graph
from rdflib.exceptions import Error as RdfError
from rdflib.plugins.stores.memory import Memory
from rdflib.term import Node

from loader.formats import Format
from loader.json_nodes import NEVER_STORED, compose_json
from loader.model import Position, Problem, one_line
from loader.yaml_reader import NULL

# N-Triples is a part of Turtle, whose parser tells the line of a mistake.
PARSERS = {Format.TURTLE: "turtle", Format.NTRIPLES: "turtle", Format.RDFXML: "xml", Format.JSONLD: "json-ld"}
BASE = "http://file.invalid/"
MOST_DEPTH = 200
MOST_ENTITY = 300
MOST_ADDRESS = 2000
# Addresses that a prefix or a base may repeat as often as there are words in the file.
LONG = {
    "turtle": re.compile(rf"<[^<>\s\"]{{{MOST_ADDRESS + 1}}}"),
    "xml": re.compile(rf"\bxml(?:ns[:\w.-]*|:base)\s*=\s*[\"'][^\"']{{{MOST_ADDRESS + 1}}}"),
}
# On a document that is odd enough rdflib stumbles in ways of its own.
STUMBLES = (
    SyntaxError,
    SAXException,
    RdfError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RuntimeError,
    AssertionError,
)
SUBJECTS = {
    "turtle": re.compile(r"^[ \t]*(?P<place>)(?:<([^<>\s]+)>|([\w.-]*:[^\s;,<>\"]+))(?=\s)", re.MULTILINE),
    "xml": re.compile(r"\b(?P<place>)rdf:(?:about|ID)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"),
}


class Refused(Exception):
    """The text is not read, for the reason that the problem tells."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Document:
    """A file's statements, and where each subject stands, by its whole address and by the end of it.

    `blank` are names for what has no address, by its place in the file: rdflib calls it something else each time.
    """

    graph: Graph
    file: str
    places: dict[str, Position]
    blank: dict[BNode, str]

    def address(self, thing: Node) -> str:
        """The address of a thing, or what stands for one."""
        return self.blank[thing] if isinstance(thing, BNode) else str(thing)

    def end(self, thing: Node) -> str:
        """What an address names in the end; of what has no address all that stands for one."""
        return self.blank[thing] if isinstance(thing, BNode) else local_name(str(thing))

    def place(self, subject: object) -> Position:
        address = str(subject)
        return self.places.get(address) or self.places.get(local_name(address)) or Position(self.file)


class _Store(Memory):
    """Names what has no address, in the order of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.blank: dict[BNode, str] = {}

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        for thing in triple:
            if isinstance(thing, BNode):
                self.blank.setdefault(thing, f"_:b{len(self.blank) + 1}")
        super().add(triple, context, quoted)


def parse_rdf(text: str, file: str, format_: Format) -> Document:
    """The statements of a text. Raises Refused."""
    parser = PARSERS[format_]
    nodes = _nodes(text, file) if parser == "json-ld" else []
    if parser == "xml":
        _refuse_entities(text, file)
    if parser in LONG and (match := LONG[parser].search(text)):
        raise Refused(_too_long(Position(file, text.count("\n", 0, match.start()) + 1)))
    # JSON-LD may part its statements into graphs; whichever they are in, they are read.
    store = _Store()
    graph = Dataset(store, default_union=True) if parser == "json-ld" else Graph(store)
    try:
        graph.parse(data=text, format=parser, publicID=BASE)
    except Exception as error:
        # For a number that is no character rdflib raises nothing more special.
        if type(error) is not Exception and not isinstance(error, STUMBLES):
            raise
        raise Refused(_syntax(error, text, file, format_)) from error
    subjects = _ids(nodes, file) if parser == "json-ld" else _subjects(text, file, SUBJECTS[parser])
    places: dict[str, Position] = {}
    for address, place in subjects:
        places.setdefault(address, place)
        places.setdefault(local_name(address), place)
    return Document(graph, file, places, store.blank)


@contextmanager
def quiet_rdflib() -> Iterator[None]:
    """Without what rdflib writes to the screen about odd addresses and dates: what matters of it is a problem."""
    logger = logging.getLogger("rdflib")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def local_name(address: str) -> str:
    """The end of an address, which names the thing: after the last `#`, `/` or `:`."""
    return unquote(re.split("[#/:]", address.rstrip("#/"))[-1])


def _nodes(text: str, file: str) -> list[yaml.MappingNode]:
    """Every object of a JSON text; those that would make rdflib fetch something are refused."""
    try:
        root = compose_json(text, file, most_depth=MOST_DEPTH)
    except json.JSONDecodeError as error:
        message = f"This is not valid JSON ({error.msg}): check quotes, commas and brackets here."
        raise Refused(Problem(Position(file, error.lineno, error.colno), "syntax", message)) from error
    if isinstance(root, yaml.ScalarNode):
        message = "JSON-LD is an object in {}, or a list of them in []: this is a single value."
        raise Refused(Problem(_at(root, file), "syntax", message))
    found: list[yaml.MappingNode] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            found.append(node)
            for key, value in node.value:
                if key.value in ("@context", "@import"):
                    _refuse_remote(value, file)
                    _refuse_long(value, file)
                waiting.append(value)
    return found


def _refuse_remote(context: yaml.Node, file: str) -> None:
    for one in context.value if isinstance(context, yaml.SequenceNode) else [context]:
        if isinstance(one, yaml.ScalarNode) and one.tag != NULL:
            shown = one_line(str(one.value))[:200]
            message = f"The context “{shown}” stands elsewhere, and nothing is fetched: write it out in this file."
            raise Refused(Problem(_at(one, file), "unsafe-reference", message))


def _refuse_long(context: yaml.Node, file: str) -> None:
    waiting = [context]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode) and len(node.value) > MOST_ADDRESS:
            raise Refused(_too_long(_at(node, file)))
        if isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _too_long(place: Position) -> Problem:
    message = f"This address has more than {MOST_ADDRESS} characters, and may be repeated by a short name: shorten it."
    return Problem(place, "unsafe-reference", message)


def _refuse_entities(text: str, file: str) -> None:
    """Short plain entities abbreviate addresses in many files; others fetch files or multiply text without end."""
    parser = expat.ParserCreate("utf-8")

    def refuse(what: str) -> None:
        place = Position(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        message = f"{what}, so the file is not read: write out what it stands for."
        raise Refused(Problem(place, "unsafe-reference", message))

    def entity(name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if is_parameter or value is None or "&" in value or len(value) > MOST_ENTITY:
            refuse(f"The entity {name[:40]!r} is external, nested or long")

    def attribute(_element: str, name: str, _type: str, default: str | None, *_: object) -> None:
        if default is not None:
            refuse(f"The attribute {name[:40]!r} is declared with a value for all elements")

    def first_element(*_: object) -> None:
        raise StopIteration

    parser.EntityDeclHandler, parser.AttlistDeclHandler = entity, attribute
    parser.StartElementHandler = first_element
    try:
        parser.Parse(text.encode(), True)
    except (StopIteration, expat.ExpatError):
        return


def _syntax(error: Exception, text: str, file: str, format_: Format) -> Problem:
    line, column, cause = 1, 1, " ".join(str(error).split())
    if isinstance(error, SAXParseException):
        line, column, cause = error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1, error.getMessage()
    elif isinstance(error, RecursionError):
        cause = "nested too deep"
    elif match := re.match(r"\S*?:(\d+):(\d+): (.*)", cause):
        line, column, cause = int(match[1]), int(match[2]) + 1, match[3]
    elif PARSERS[format_] == "turtle":
        index, cause = _turtle_index(error, text, cause)
        line, column = text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
    shown = NEVER_STORED.sub("\ufffd", one_line(cause)[:200])
    message = f"This is not valid {format_.value} ({shown}): correct it, or say another --from."
    return Problem(Position(file, line, column), "syntax", message)


def _turtle_index(error: Exception, text: str, cause: str) -> tuple[int, str]:
    """Where Turtle's parser gave up, and why; it counts lines wrongly at the end of a text, its index is right."""
    if match := re.match(r"(.*) at \^ in (.*)\^(.*)", str(error), re.DOTALL):
        found = text.find(match[2] + match[3])
        return (0 if found < 0 else found + len(match[2])), match[1]
    if match := re.search(r"code point: (\w+)", cause):
        return max(text.find(match[1]), 0), cause
    if isinstance(error, IndexError):
        return len(text.rstrip()), "the text ends too early"
    index = getattr(error, "_i", 0)
    return (index if index >= 0 else len(text)), getattr(error, "_why", cause)


def _subjects(text: str, file: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, Position]]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for match in pattern.finditer(text):
        line = bisect_right(starts, match.start("place")) - 1
        yield match[2] or match[3] or "", Position(file, line + 1, match.start("place") - starts[line] + 1)


def _ids(nodes: Iterable[yaml.MappingNode], file: str) -> Iterator[tuple[str, Position]]:
    """An object that says more than its id is where the thing is described."""
    for node in nodes:
        for key, value in node.value if len(node.value) > 1 else ():
            if key.value in ("@id", "id", "uri") and isinstance(value, yaml.ScalarNode):
                yield value.value, _at(node, file)


def _at(node: yaml.Node, file: str) -> Position:
    return Position(file, node.start_mark.line + 1, node.start_mark.column + 1)
