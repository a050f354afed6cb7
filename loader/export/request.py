"""What an export is asked for: the formats, their endings, and where the result goes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ExportFormat(StrEnum):
    """How an export is written."""

    YAML = "yaml"
    JSONL = "jsonl"
    CSV = "csv"
    SKOS = "skos"
    GRAPHML = "graphml"
    HTML = "html"


ENDINGS: dict[str, ExportFormat] = {
    ".yaml": ExportFormat.YAML,
    ".yml": ExportFormat.YAML,
    ".jsonl": ExportFormat.JSONL,
    ".ndjson": ExportFormat.JSONL,
    ".csv": ExportFormat.CSV,
    ".ttl": ExportFormat.SKOS,
    ".graphml": ExportFormat.GRAPHML,
    ".html": ExportFormat.HTML,
    ".htm": ExportFormat.HTML,
}
DEFAULT_BASE = "https://example.org/terms/"
BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]")


@dataclass(frozen=True)
class Request:
    """What is wanted: sets (all when none is named), or the neighbourhood of a term; and how it is written.

    No `output` is standard output; `to_folder` makes of it a folder with a file a set.
    """

    sets: Sequence[str] = ()
    term: str = ""
    depth: int = 1
    format: ExportFormat = ExportFormat.YAML
    output: Path | None = None
    to_folder: bool = False
    base: str = DEFAULT_BASE


def format_of(output: Path | None, to_folder: bool) -> ExportFormat | None:
    """The format of a file by its ending; YAML where there is no file. None for an ending that is not known."""
    return ExportFormat.YAML if output is None or to_folder else ENDINGS.get(output.suffix.lower())


def is_base(text: str) -> bool:
    """Whether addresses of concepts can begin so."""
    return bool(BASE.fullmatch(text))
