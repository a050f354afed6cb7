"""What the explorer's map shows, by the writers of `conceptmap export`, so that what the page saves can be loaded."""

from typing import Any

from explorer.mapfile import MapFile, MapTerm, Written
from loader.export.csv_writer import write_csv
from loader.export.graphml_writer import graphml
from loader.export.model import Exported, Rank, counted
from loader.export.neighbourhood import part


def write_graphml(file: MapFile) -> Written:
    """All terms of the map, those too that no set defines."""
    relations = {(one.source, one.kind, one.target): {"note": one.note, "sets": one.sets} for one in file.relations}
    return Written(graphml(_rows(file), relations, _ranks(file)))


def write_table(file: MapFile) -> Written:
    """The terms that a set defines, as one set of the file's name."""
    relations = [{"start": one.source, "kind": one.kind, "end": one.target, "note": one.note} for one in file.relations]
    one = part(file.name, file.title, _rows(file), relations, {kind.id: kind for kind in file.kinds})
    undefined = len(file.terms) - len(one.entries)
    dropped = (counted(undefined, "term that no set defines", "terms that no set defines"),) if undefined else ()
    written = write_csv(Exported((one,), dropped=dropped))
    return Written(written.text, tuple(text for text in written.dropped if not text.startswith("the set's ")))


def _rows(file: MapFile) -> dict[str, dict[str, Any]]:
    return {term.node.id: _row(term) for term in file.terms}


def _row(term: MapTerm) -> dict[str, Any]:
    node = term.node
    texts = {
        "name": node.name,
        "definition": node.definition,
        "explanation": term.explanation,
        "category": node.category,
    }
    return {**texts, "aliases": list(term.aliases), "defined": node.defined}


def _ranks(file: MapFile) -> dict[str, Rank]:
    return {term.node.id: Rank(term.node.importance, term.community) for term in file.terms}
