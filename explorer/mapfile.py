"""What a map shows, whole, to be written into a file: the terms that are seen with all their texts, and the relations
among them.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer import trails
from explorer.mapchrome import name_of
from explorer.page_export import Book, PageSet, PageTerm, document, titles_told
from explorer.queries import Library, Node, Relation, TermSet
from explorer.scenes import Scene
from explorer.seen import Filter, seen
from explorer.view import View
from graph.kinds import Kind

LONGEST_PART = 80
UNSAFE = re.compile(r"[^\w-]+")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class MapTerm:
    """A term of the map with what only a file tells of it. `sets` define it, by rank."""

    node: Node
    explanation: str = ""
    aliases: tuple[str, ...] = ()
    community: int | None = None
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapFile:
    """The terms and relations that a map shows. `name` is what its file is called, without an ending; `kinds` are those
    of the relations, `sets` those that define a term or tell a relation.
    """

    name: str
    title: str
    terms: tuple[MapTerm, ...] = ()
    relations: tuple[Relation, ...] = ()
    kinds: tuple[Kind, ...] = ()
    sets: tuple[TermSet, ...] = ()


@dataclass(frozen=True)
class Written:
    """A file's text, and what its format had no place for."""

    text: str
    left_out: tuple[str, ...] = ()


def map_file(scene: Scene, library: Library, view: View, rows: Mapping[str, Row]) -> MapFile:
    """What is seen of a scene. `rows` have the texts by id; a term without a row has gone since the map was read."""
    left = seen(scene, Filter.of(view))
    rank = {one.id: place for place, one in enumerate(library.sets)}
    terms = tuple(_term(node, rows[node.id], rank) for node in left.nodes if node.id in rows)
    there = {term.node.id for term in terms}
    relations = tuple(one for one in left.relations if one.source in there and one.target in there)
    used = {one.kind for one in relations}
    named = {one for term in terms for one in term.sets} | {one for relation in relations for one in relation.sets}
    sets = tuple(one for one in library.sets if one.id in named)
    return MapFile(
        name=file_name(view),
        title=_title(scene, view) or (titles_told(one.title for one in sets) if sets else file_name(view)),
        terms=terms,
        relations=relations,
        kinds=(*(kind for kind in library.kinds if kind.id in used),
               *(library.kind(key) for key in sorted(used - {kind.id for kind in library.kinds}))),
        sets=sets,
    )  # fmt: skip


def file_name(view: View) -> str:
    """ "conceptmap-rag": what the map is about, as in `assets/export.js`."""
    about = view.focus or "-to-".join(view.path) or view.reading or view.term
    return "-".join(("conceptmap", *filter(None, (UNSAFE.sub("-", about)[:LONGEST_PART],))))


def write_page(file: MapFile) -> Written:
    """The map as a page that stands alone."""
    titles = {one.id: one.title for one in file.sets}
    sizes = Counter(one for term in file.terms for one in term.sets)
    terms = (
        PageTerm(
            id=term.node.id,
            name=term.node.name,
            definition=term.node.definition,
            explanation=term.explanation,
            category=term.node.category,
            aliases=term.aliases,
            sets=tuple(titles[one] for one in term.sets if one in titles),
            importance=term.node.importance,
            defined=term.node.defined,
        )
        for term in file.terms
    )
    sets = tuple(PageSet(one.title, sizes[one.id], one.version, one.license, one.source) for one in file.sets)
    return Written(document(Book(file.title, tuple(terms), file.relations, file.kinds, sets)))


def _term(node: Node, row: Row, rank: Mapping[str, int]) -> MapTerm:
    entries = sorted(row["entries"], key=lambda one: (one["role"] == "mention", rank.get(one["set"], len(rank))))
    sets = tuple(one["set"] for one in entries)
    return MapTerm(node, row["explanation"] or "", tuple(row["aliases"] or ()), row["community"], sets)


def _title(scene: Scene, view: View) -> str:
    if scene.trail:
        return trails.title(scene.trail)
    return f"The neighbourhood of {name_of(scene, view.focus)}" if view.focus else ""
