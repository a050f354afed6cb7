"""The job of an export from end to end: what is read, in which format it is written, and where it goes."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from graph.connection import Graph
from loader.export.csv_writer import write_csv
from loader.export.files import put
from loader.export.graphml_writer import write_graphml
from loader.export.jsonl_writer import write_jsonl
from loader.export.model import Exported, ExportError, Text
from loader.export.reading import read_exported, read_neighbourhood
from loader.export.request import ENDINGS, ExportFormat, Request
from loader.export.yaml_writer import write_yaml
from loader.standing import Stopped

# Those that can hold several sets in one file.
JOINING = frozenset({ExportFormat.SKOS, ExportFormat.GRAPHML, ExportFormat.HTML})
Writer = Callable[[Exported, Request], Text]


def export(
    graph: Graph,
    wish: Request,
    phase: Callable[[str], None] = lambda text: None,
    more: Mapping[ExportFormat, Writer] | None = None,
) -> list[str]:
    """Write what is wanted; gives the files, and what their format had no place for. `more` are writers of formats that
    are none of the loader's business: HTML.

    Raises ExportError, GraphError, and Stopped at Ctrl-C.
    """
    writers = {**WRITERS, **(more or {})}
    told: list[str] = []
    written: list[Path | None] = []
    try:
        phase("Reading the graph")
        exported = read_neighbourhood(graph, wish.term, wish.depth) if wish.term else read_exported(graph, wish.sets)
        phase("Writing the export")
        for path, part in list(_parts(exported, wish)):
            text = writers[wish.format](part, wish)
            put(text.text, path, wish.to_folder)
            written.append(path)
            told += _told(path, text, wish.format)
    except KeyboardInterrupt as error:
        names = ", ".join(map(str, written))
        raise Stopped(f"Stopped: only {names} written." if written else "Stopped: nothing was written.") from error
    return told


def _parts(exported: Exported, wish: Request) -> Iterator[tuple[Path | None, Exported]]:
    if wish.output is not None and wish.to_folder:
        ending = next(ending for ending, format_ in ENDINGS.items() if format_ is wish.format)
        for one in exported.sets:
            yield wish.output / f"{one.header.id}{ending}", exported.alone(one)
        return
    if len(exported.sets) > 1 and wish.format not in JOINING:
        names = ", ".join(one.header.id for one in exported.sets)
        raise ExportError(
            f"There are {len(exported.sets)} sets ({names}), and {wish.format} holds one: name it, or say "
            "--output FOLDER/ for a file each."
        )
    yield wish.output, exported


def _told(path: Path | None, text: Text, format_: ExportFormat) -> Iterator[str]:
    if path is not None:
        yield f"Written: {path}"
    if text.dropped:
        yield f"Not in the {format_} export: {'; '.join(text.dropped)}."


def _skos(exported: Exported, wish: Request) -> Text:
    # rdflib takes a moment to import, which other formats need not wait for.
    from loader.export.skos_writer import write_skos

    return write_skos(exported, wish.base)


WRITERS: Mapping[ExportFormat, Writer] = {
    ExportFormat.YAML: lambda exported, _: write_yaml(exported),
    ExportFormat.JSONL: lambda exported, _: write_jsonl(exported),
    ExportFormat.CSV: lambda exported, _: write_csv(exported),
    ExportFormat.SKOS: _skos,
    ExportFormat.GRAPHML: lambda exported, _: write_graphml(exported),
}
