"""The formats of term sets, chosen by a file's ending or by `--from`, and what a reader may be told besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """How a term set is written."""

    YAML = "yaml"
    PAGE = "page"
    JSONL = "jsonl"
    CSV = "csv"
    TURTLE = "turtle"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"
    NTRIPLES = "ntriples"


ENDINGS: dict[str, Format] = {
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".txt": Format.PAGE,
    ".md": Format.PAGE,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".ttl": Format.TURTLE,
    ".rdf": Format.RDFXML,
    ".xml": Format.RDFXML,
    ".owl": Format.RDFXML,
    ".jsonld": Format.JSONLD,
    ".nt": Format.NTRIPLES,
}


@dataclass(frozen=True)
class Hints:
    """What a file leaves open: `columns` maps a table's own column names to our keys, `language` picks the words."""

    columns: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


NO_HINTS = Hints()
