"""The files that mutations begin with: small ones by hand, pieces of the shipped sets, the bad ones, the docs' examples."""

import re
from functools import cache
from pathlib import Path

from loader.checking import resolve_files
from loader.entries import Entries
from loader.export.csv_writer import write_csv
from loader.export.jsonl_writer import write_jsonl
from loader.export.model import Exported
from loader.export.skos_writer import write_skos
from loader.export.yaml_writer import write_yaml
from loader.formats import ENDINGS, Format
from loader.model import ResolvedSet

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (ROOT / "tests" / "data" / "good", ROOT / "tests" / "data" / "bad")
PAGES = (ROOT / "README.md", ROOT / "docs" / "formats.md", ROOT / "docs" / "term-sets.md")
FENCES = {"json": Format.JSONL, "csv": Format.CSV, "turtle": Format.TURTLE, "yaml": Format.YAML}
PIECE = 4
PIECES_OF_A_SET = 2


@cache
def seeds(format_: Format) -> tuple[bytes, ...]:
    """All seeds of a format, in an order that is the same everywhere."""
    paths = (path for folder in FOLDERS for path in sorted(folder.iterdir()))
    files = [path.read_bytes() for path in paths if ENDINGS[path.suffix] is format_]
    return (*files, *_examples(format_), *_pieces(format_))


def _examples(format_: Format) -> list[bytes]:
    found = (
        match
        for page in PAGES
        for match in re.finditer(r"^```(\w+)\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    )
    return [match[2].encode() for match in found if FENCES.get(match[1]) is format_]


def _pieces(format_: Format) -> list[bytes]:
    """A few terms of each shipped set, as the exports write them."""
    writers = {
        Format.YAML: write_yaml,
        Format.JSONL: write_jsonl,
        Format.CSV: write_csv,
        Format.TURTLE: lambda exported: write_skos(exported, "http://example.org/"),
    }
    if format_ not in writers:
        return []
    pieces = (_cut(one, start * PIECE) for one in _shipped() for start in range(PIECES_OF_A_SET))
    return [writers[format_](Exported((piece,))).text.encode() for piece in pieces]


def _cut(one: ResolvedSet, start: int) -> ResolvedSet:
    keys = sorted(one.entries)[start : start + PIECE]
    return ResolvedSet(one.header, Entries(one.entries[key] for key in keys), one.position)


@cache
def _shipped() -> list[ResolvedSet]:
    return resolve_files([str(ROOT / "data")])[1]
