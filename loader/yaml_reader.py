"""Reads a term set from YAML, each part with its line and column.

The text is composed into nodes, never constructed into objects: nothing in a file can run, every value
keeps its place, and a plain `No` or `1.10` stays the text that the author wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from graph.kinds import Kind
from loader.entries import MAIN, MENTION
from loader.model import (
    Header,
    Position,
    Problem,
    WrittenRelation,
    WrittenSet,
    WrittenTerm,
    WrittenText,
    one_line,
    tidy,
)
from loader.slug import slug

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HEADER_KEYS = ("set", "title", "version", "language", "priority", "source", "license", "definitions", "kinds", "terms")
TERM_KEYS = ("name", "id", "definition", "explanation", "category", "aliases", "related", "formerly", "role")
RELATION_KEYS = ("to", "kind", "note")
TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
KIND_KEYS = ("label", "inverse", "inverse-kind", "symmetric")
NULL = "tag:yaml.org,2002:null"
MOST_DEPTH = 40
STEPS = {
    yaml.SequenceStartEvent: 1,
    yaml.MappingStartEvent: 1,
    yaml.SequenceEndEvent: -1,
    yaml.MappingEndEvent: -1,
}
MOST_GROWTH = 10
FEW_NODES = 10_000
MOST_PRIORITY = 2**31 - 1


@dataclass
class Reading:
    """One file being read: where it is, how it writes lists, and what was found wrong so far."""

    file: str
    list_remedy: str = "begin each item with `- `"
    problems: list[Problem] = field(default_factory=list)

    def at(self, node: yaml.Node) -> Position:
        mark = node.start_mark
        return Position(self.file, mark.line + 1, mark.column + 1)

    def wrong(self, node: yaml.Node, code: str, message: str) -> None:
        self.problems.append(Problem(self.at(node), code, message))


def read_yaml(text: str, file: str, stem: str) -> tuple[WrittenSet | None, list[Problem]]:
    """The set of a file's text, and the problems of its shape. `stem` is the set's id when it gives none."""
    reading = Reading(file)
    try:
        repeats = _has_aliases(text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, file)]
    except yaml.YAMLError as error:
        return None, [_unreadable(error, text, file)]
    if root is None:
        return None, [Problem(Position(file), "syntax", "The file is empty: it needs `terms:` and a list of terms.")]
    if repeats and (alias := _expanding(root)) is not None:
        message = "The aliases (`*name`) repeat what they stand for so often that the file would grow without bounds."
        reading.wrong(alias, "yaml-alias", f"{message[:-1]}: write the items out.")
        return None, reading.problems
    if not isinstance(root, yaml.MappingNode):
        reading.wrong(root, "wrong-type", "The file must be a mapping with `terms:` at its top.")
        return None, reading.problems
    return _set(reading, root, stem), reading.problems


def _set(reading: Reading, root: yaml.MappingNode, stem: str) -> WrittenSet:
    keys = mapping(reading, root, HEADER_KEYS, "a term set")
    header, kind_positions = header_of(reading, keys, stem)
    terms = [term for node in _list(reading, keys, "terms") if (term := term_of(reading, node)) is not None]
    return WrittenSet(header, tuple(terms), reading.at(root), kind_positions, lenient=lenient(reading, keys))


def header_of(reading: Reading, keys: dict[str, yaml.Node], stem: str) -> tuple[Header, dict[str, Position]]:
    """The header from its keys, and the places of the kinds that it declares."""
    kinds = dict(_kinds(reading, keys.get("kinds")))
    header = Header(
        id=_text(reading, keys, "set") or slug(stem),
        title=_text(reading, keys, "title") or stem,
        version=_text(reading, keys, "version"),
        language=_text(reading, keys, "language"),
        priority=_integer(reading, keys, "priority", 100),
        source=_text(reading, keys, "source"),
        license=_text(reading, keys, "license"),
        kinds=tuple(kind for kind, _ in kinds.values()),
    )
    return header, {key: place for key, (_, place) in kinds.items()}


def lenient(reading: Reading, keys: dict[str, yaml.Node]) -> bool:
    """Whether the set says that its terms may do without a definition."""
    return _word(reading, keys, "definitions", ("required", "optional")) == "optional"


def term_of(reading: Reading, node: yaml.Node) -> WrittenTerm | None:
    """The term of a node, or None with a problem where it is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        reading.wrong(node, "wrong-type", f"A term is a mapping with `name:` and `definition:`, not {_shape(node)}.")
        return None
    keys = mapping(reading, node, TERM_KEYS, "a term")
    return WrittenTerm(
        name=one_line(_text(reading, keys, "name", null_is_text=True)),
        id=tidy(_text(reading, keys, "id")),
        definition=_text(reading, keys, "definition"),
        explanation=_text(reading, keys, "explanation"),
        category=one_line(_text(reading, keys, "category")),
        aliases=tuple(_texts(reading, keys, "aliases")),
        relations=tuple(_relations(reading, keys)),
        formerly=tuple(_texts(reading, keys, "formerly")),
        position=reading.at(node),
        role=_word(reading, keys, "role", (MAIN, MENTION)),
    )


def _relations(reading: Reading, keys: dict[str, yaml.Node]) -> Iterator[WrittenRelation]:
    for node in _list(reading, keys, "related"):
        if isinstance(node, yaml.MappingNode):
            parts = mapping(reading, node, RELATION_KEYS, "a relation")
            to, kind = one_line(_text(reading, parts, "to")), _text(reading, parts, "kind") or "related"
            if not to:
                reading.wrong(node, "missing-key", "This relation names no term: add `to: …`.")
                continue
            place = reading.at(parts["to"])
            yield WrittenRelation(to, kind, _text(reading, parts, "note"), place)
        elif to := one_line(_scalar(reading, node, "a related term")):
            yield WrittenRelation(to, "related", "", reading.at(node))
        elif isinstance(node, yaml.ScalarNode):
            reading.wrong(node, "empty-item", "A related term is empty: fill it in, or take the line out.")


def _kinds(reading: Reading, node: yaml.Node | None) -> Iterator[tuple[str, tuple[Kind, Position]]]:
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        reading.wrong(node, "wrong-type", f"`kinds` is a mapping from a kind to its labels, not {_shape(node)}.")
        return
    names: set[object] = set()
    for key, value in node.value:
        if key.value in names:
            reading.wrong(key, "duplicate-key", f"The kind {key.value!r} stands here twice: keep one.")
            continue
        names.add(key.value)
        if not isinstance(value, yaml.MappingNode):
            reading.wrong(
                value, "wrong-type", "A kind is a mapping such as {label: regulates, inverse: is regulated by}."
            )
            continue
        parts = mapping(reading, value, KIND_KEYS, "a kind")
        name, label = tidy(str(key.value)), one_line(_text(reading, parts, "label"))
        symmetric = _truth(reading, parts, "symmetric")
        inverse_label = one_line(_text(reading, parts, "inverse")) or (label if symmetric else "")
        if not label or not inverse_label:
            missing = "label" if not label else "inverse"
            reading.wrong(
                value, "missing-key", f"The kind {name!r} needs `{missing}:`, the words that read from one side."
            )
            continue
        inverse = tidy(_text(reading, parts, "inverse-kind"))
        yield name, (Kind(name, label, inverse_label, inverse, symmetric), reading.at(key))


def mapping(reading: Reading, node: yaml.MappingNode, known: tuple[str, ...], what: str) -> dict[str, yaml.Node]:
    """The values of a mapping by key; unknown and repeated keys are reported."""
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name not in known:
            reading.wrong(key, "unknown-key", f"{name or 'This'!r} is no key of {what}: use {', '.join(known)}.")
        elif name in found:
            first = reading.at(found[name]).line
            reading.wrong(key, "duplicate-key", f"{name!r} stands here twice, first in line {first}: keep one.")
        else:
            found[name] = value
    return found


def _text(reading: Reading, keys: dict[str, yaml.Node], key: str, null_is_text: bool = False) -> str:
    """A key's text; `null` and `~` mean that there is none, but for a name, where they are a name like any other."""
    node = keys.get(key)
    if node is None or (node.tag == NULL and not null_is_text):
        return ""
    return _scalar(reading, node, f"`{key}`")


def _scalar(reading: Reading, node: yaml.Node, what: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return tidy(str(node.value))
    reading.wrong(
        node, "wrong-type", f"{what} is a text, not {_shape(node)}: write it on one line, in quotes if need be."
    )
    return ""


def _integer(reading: Reading, keys: dict[str, yaml.Node], key: str, default: int) -> int:
    text = _text(reading, keys, key)
    if not text:
        return default
    if text.removeprefix("-").isdecimal() and abs(int(text[:20])) <= MOST_PRIORITY:
        return int(text)
    reading.wrong(keys[key], "wrong-type", f"`{key}` is a whole number, at most {MOST_PRIORITY}, not {text[:40]!r}.")
    return default


def _truth(reading: Reading, keys: dict[str, yaml.Node], key: str) -> bool:
    text = _text(reading, keys, key)
    if text and text.lower() not in TRUTHS:
        reading.wrong(keys[key], "wrong-type", f"`{key}` is true or false, not {text[:40]!r}.")
    return TRUTHS.get(text.lower(), False)


def _word(reading: Reading, keys: dict[str, yaml.Node], key: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words, the first of them when the key is absent."""
    text = _text(reading, keys, key) or allowed[0]
    if text in allowed:
        return text
    reading.wrong(keys[key], "wrong-type", f"`{key}` is {' or '.join(allowed)}, not {text[:40]!r}.")
    return allowed[0]


def _list(reading: Reading, keys: dict[str, yaml.Node], key: str) -> list[yaml.Node]:
    node = keys.get(key)
    if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == NULL):
        return []
    if not isinstance(node, yaml.SequenceNode):
        reading.wrong(node, "wrong-type", f"`{key}` is a list, not {_shape(node)}: {reading.list_remedy}.")
        return []
    return list(node.value)


def _texts(reading: Reading, keys: dict[str, yaml.Node], key: str) -> Iterator[WrittenText]:
    for node in _list(reading, keys, key):
        if text := one_line(_scalar(reading, node, f"an item of `{key}`")):
            yield WrittenText(text, reading.at(node))
        elif isinstance(node, yaml.ScalarNode):
            reading.wrong(node, "empty-item", f"An item of `{key}` is empty: fill it in, or take the line out.")


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        # Nodes that do not come from YAML have no flow style.
        return "a mapping" if node.flow_style is None else "a mapping (is there a colon to put in quotes?)"
    return "a text"


def _expanding(root: yaml.Node) -> yaml.Node | None:
    """The node that is repeated most, if a reader that follows every alias would meet far more nodes than there are."""
    sizes: dict[int, float] = {}
    uses: dict[int, int] = {}
    nodes: dict[int, yaml.Node] = {}

    def size(node: yaml.Node) -> float:
        key = id(node)
        uses[key] = uses.get(key, 0) + 1
        if key not in sizes:
            nodes[key], sizes[key] = node, float("inf")  # until it is known, which a node within itself never is
            sizes[key] = 1 + sum(size(child) for child in _children(node))
        return sizes[key]

    if size(root) <= max(FEW_NODES, MOST_GROWTH * len(nodes)):
        return None
    return nodes[max(uses, key=lambda key: (uses[key] - 1) * sizes[key])]


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair


class _TooDeep(yaml.MarkedYAMLError):
    """The nesting is deeper than any term set's."""

    def __init__(self, mark: Any) -> None:
        super().__init__(problem=f"more than {MOST_DEPTH} levels deep", problem_mark=mark)


def _has_aliases(text: str) -> bool:
    """Whether an alias stands anywhere. The format is four levels deep; a flood of brackets, which would exhaust the
    composer's stack, is refused.
    """
    found, depth = False, 0
    for event in yaml.parse(text, Loader=LOADER):
        kind = type(event)
        found = found or kind is yaml.AliasEvent
        depth += STEPS.get(kind, 0)
        if depth > MOST_DEPTH:
            raise _TooDeep(event.start_mark)
    return found


def _syntax(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Position(file, mark.line + 1, mark.column + 1) if mark else Position(file)
    cause = " ".join(filter(None, (error.context, error.problem)))
    return Problem(place, "syntax", f"This is not valid YAML ({cause}): check indentation, quotes and colons here.")


def _unreadable(error: yaml.YAMLError, text: str, file: str) -> Problem:
    index = min(int(getattr(error, "position", 0) or 0), len(text))
    before = text[:index]
    place = Position(file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)
    return Problem(
        place, "syntax", f"This is not valid YAML ({getattr(error, 'reason', error)}): remove that character."
    )
