"""JSON text as the nodes that YAML is composed into, so that one set of checks of shape serves both.

YAML's own parser will not do for JSON: it refuses surrogate pairs and long keys, folds some line ends inside texts,
and takes much that is no JSON. Numbers stay the text that was written; the nodes have no style.
"""

import json
import re
from bisect import bisect_right

import yaml

from loader.yaml_reader import NULL

STRINGS = json.JSONDecoder()
SPACE = re.compile(r"[ \t\n\r]*")
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
NEVER_STORED = re.compile("[\0\ud800-\udfff]")
TEXT, LIST, MAPPING = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"


def compose_json(text: str, file: str, first_line: int = 1, most_depth: int = 40) -> yaml.Node:
    """The node of one JSON value, exact in everything that JSON allows. Raises json.JSONDecodeError."""
    composer = _Composer(text, file, first_line, most_depth)
    node, end = composer.value(composer.skip(0), 0)
    if (end := composer.skip(end)) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return node


class _Composer:
    """One text being composed; its methods take a position and give back a node and where it ends."""

    def __init__(self, text: str, file: str, first_line: int, most_depth: int) -> None:
        self.text, self.file, self.first_line, self.most_depth = text, file, first_line, most_depth
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def skip(self, at: int) -> int:
        match = SPACE.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, depth: int) -> tuple[yaml.Node, int]:
        if depth > self.most_depth:
            raise json.JSONDecodeError(f"More than {self.most_depth} levels deep", self.text, at)
        first = self.text[at : at + 1]
        if first == "{":
            return self._object(at, depth)
        if first == "[":
            return self._array(at, depth)
        if first == '"':
            return self._string(at)
        match = PLAIN.match(self.text, at)
        if match is None:
            raise json.JSONDecodeError("Expecting value", self.text, at)
        tag, text = (NULL, "") if match[0] == "null" else (TEXT, match[0])
        return yaml.ScalarNode(tag, text, self._mark(at)), match.end()

    def _object(self, at: int, depth: int) -> tuple[yaml.Node, int]:
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        end = self.skip(at + 1)
        if self.text[end : end + 1] == "}":
            return yaml.MappingNode(MAPPING, pairs, self._mark(at)), end + 1
        while True:
            if self.text[end : end + 1] != '"':
                raise json.JSONDecodeError("Expecting property name enclosed in double quotes", self.text, end)
            key, end = self._string(end)
            end = self.skip(end)
            if self.text[end : end + 1] != ":":
                raise json.JSONDecodeError("Expecting ':' delimiter", self.text, end)
            value, end = self.value(self.skip(end + 1), depth + 1)
            pairs.append((key, value))
            end, done = self._next(end, "}")
            if done:
                return yaml.MappingNode(MAPPING, pairs, self._mark(at)), end

    def _array(self, at: int, depth: int) -> tuple[yaml.Node, int]:
        items: list[yaml.Node] = []
        end = self.skip(at + 1)
        if self.text[end : end + 1] == "]":
            return yaml.SequenceNode(LIST, items, self._mark(at)), end + 1
        while True:
            item, end = self.value(end, depth + 1)
            items.append(item)
            end, done = self._next(end, "]")
            if done:
                return yaml.SequenceNode(LIST, items, self._mark(at)), end

    def _next(self, end: int, closing: str) -> tuple[int, bool]:
        """Past the comma to the next item, or past the closing bracket."""
        end = self.skip(end)
        char = self.text[end : end + 1]
        if char not in (",", closing):
            raise json.JSONDecodeError("Expecting ',' delimiter", self.text, end)
        return (end + 1, True) if char == closing else (self.skip(end + 1), False)

    def _string(self, at: int) -> tuple[yaml.ScalarNode, int]:
        value, end = STRINGS.raw_decode(self.text, at)
        if NEVER_STORED.search(value):
            raise json.JSONDecodeError("No database keeps a NUL character or half a surrogate pair", self.text, at)
        return yaml.ScalarNode(TEXT, value, self._mark(at)), end

    def _mark(self, at: int) -> yaml.Mark:
        line = bisect_right(self.starts, at) - 1
        return yaml.Mark(self.file, at, line + self.first_line - 1, at - self.starts[line], None, 0)
