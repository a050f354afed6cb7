"""Texts of a known format to term sets as they were written, each by the reader of its format."""

from collections.abc import Callable, Iterable, Iterator

from loader.csv_reader import read_csv
from loader.formats import NO_HINTS, Format, Hints
from loader.hidden import hidden_characters
from loader.jsonl_reader import read_jsonl
from loader.model import Problem, WrittenSet
from loader.page_reader import read_page
from loader.sources import Source
from loader.yaml_reader import read_yaml

Read = tuple[WrittenSet | None, list[Problem]]


def _read_skos(source: Source, hints: Hints) -> Read:
    # rdflib takes a moment to import, which other formats need not wait for.
    from loader.skos_reader import read_skos

    return read_skos(source.text, source.file, source.stem, source.format, hints)


READERS: dict[Format, Callable[[Source, Hints], Read]] = {
    Format.YAML: lambda source, _: read_yaml(source.text, source.file, source.stem),
    Format.PAGE: lambda source, _: read_page(source.text, source.file, source.stem),
    Format.JSONL: lambda source, _: read_jsonl(source.text, source.file, source.stem),
    Format.CSV: lambda source, hints: read_csv(source.text, source.file, source.stem, hints),
    Format.TURTLE: _read_skos,
    Format.RDFXML: _read_skos,
    Format.JSONLD: _read_skos,
    Format.NTRIPLES: _read_skos,
}


def read_sources(
    sources: Iterable[Source | Problem], hints: Hints = NO_HINTS
) -> tuple[list[WrittenSet], list[Problem]]:
    """Every set in the texts, and every problem of their shape."""
    sets: list[WrittenSet] = []
    problems: list[Problem] = []
    for found in sources:
        if isinstance(found, Problem):
            problems.append(found)
            continue
        written, wrong = READERS[found.format](found, hints)
        problems += [*found.warnings, *wrong]
        if written is not None:
            sets.append(written)
            problems += hidden_characters(found.text, found.file)
    problems += _same_id(sets)
    return sets, problems


def _same_id(sets: list[WrittenSet]) -> Iterator[Problem]:
    seen: dict[str, WrittenSet] = {}
    for written in sets:
        first = seen.setdefault(written.header.id, written)
        if first is not written:
            message = (
                f"The set {written.header.id!r} is in {first.position.file} already: give one another `set:` or name."
            )
            yield Problem(written.position, "duplicate-set", message)
