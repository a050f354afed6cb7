"""Writes a set as YAML that a person would have written: blocks for long texts, short lists on one line."""

import re
from typing import Any

import yaml

from loader.export.model import Exported, Text
from loader.export.plain import plain_header, plain_terms

WIDTH = 120
SHORT = 100
# Line ends that YAML would turn into others, or into spaces, unless they are escaped.
ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")


class _Flow(list[Any]):
    """A list on one line."""


class _FlowMap(dict[str, Any]):
    """A mapping on one line."""


class _Block(str):
    """A text in a block of its own, whatever its length."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Chooses the styles; the emitter falls back to quotes where a style could not hold the text."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Items of lists stand further in than their key, which PyYAML does not do by itself."""
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if ODD_BREAKS.search(text) else "|" if isinstance(text, _Block) or "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Block, _text)
_Dumper.add_representer(
    _Flow, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)
_Dumper.add_representer(
    _FlowMap, lambda dumper, rows: dumper.represent_mapping("tag:yaml.org,2002:map", rows, flow_style=True)
)


def write_yaml(exported: Exported) -> Text:
    """The one set of the export."""
    (one,) = exported.sets
    header = plain_header(one)
    if "kinds" in header:
        header["kinds"] = {key: _FlowMap(kind) for key, kind in header["kinds"].items()}
    terms = [_styled(term) for term in plain_terms(one, exported.elsewhere)]
    text = yaml.dump(
        {**header, "terms": terms},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=False,
    )
    return Text(text, exported.dropped)


def _styled(term: dict[str, Any]) -> dict[str, Any]:
    styled = dict(term)
    if "explanation" in styled:
        styled["explanation"] = _Block(styled["explanation"])
    for key in ("aliases", "formerly"):
        if sum(len(item) + 2 for item in styled.get(key, ())) < SHORT and key in styled:
            styled[key] = _Flow(styled[key])
    if "related" in styled:
        styled["related"] = [_FlowMap(row) if isinstance(row, dict) else row for row in styled["related"]]
    return styled
