"""What the API can do, one function an operation: from what is asked to the answer, by what the screen is made of.

`OPERATIONS` is the whole of it; routes and description are made from it. Whoever adds one adds a line there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from explorer import exports, messages, neighbours, path_panel
from explorer.api import answers, parameters, shelf
from explorer.api.answers import (
    Hits,
    LibraryQueries,
    Map,
    Neighbour,
    Neighbours,
    Paths,
    Rows,
    Sets,
    TermDetail,
    Way,
)
from explorer.api.desk import Desk
from explorer.api.problems import ROOT, Refusal
from explorer.mapfile import Written
from explorer.panel import MOST_HITS
from explorer.queries import Detail
from explorer.routes import Route
from explorer.view import View, address


@dataclass(frozen=True)
class File:
    """An answer that is no JSON: a file by this name, in this format."""

    name: str
    format: str
    written: Written


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked. `finds`: it looks into the search index; `names`: it may name what is not there."""

    name: str
    summary: str
    asked: type[parameters.Asked]
    answer: type
    run: Callable[[Desk, Any], Any]
    finds: bool = False
    names: bool = False

    @property
    def path(self) -> str:
        return ROOT + self.name

    @property
    def paged(self) -> bool:
        return issubclass(self.asked, parameters.Paged)


def search(desk: Desk, asked: parameters.Search) -> Hits:
    """What the page lists for these words."""
    desk.same(asked)
    found = desk.finder.suggest(asked.q, MOST_HITS + 1)
    items, onward = desk.page(ROOT + "search", asked, answers.hits(found[:MOST_HITS]))
    return Hits(
        items=list(items),
        total=min(len(found), MOST_HITS),
        more=len(found) > MOST_HITS,
        nearest=[] if found else answers.hits(desk.finder.nearest(asked.q)),
        next=onward,
        revision=desk.revision,
    )


def term(desk: Desk, asked: parameters.OfTerm) -> TermDetail:
    """What the panel tells of a term."""
    detail = _detail(desk, asked.id)
    one = detail.term
    return TermDetail(
        id=one.id,
        name=one.name,
        definition=one.definition,
        category=one.category,
        defined=one.defined,
        explanation=detail.explanation,
        aliases=list(detail.aliases),
        entries=[answers.Entry(entry.set, entry.title, entry.definition) for entry in detail.entries],
        neighbours=len(detail.neighbour_ids),
        page="/" + address(View(term=one.id)),
        revision=desk.revision,
    )


def neighbours_of(desk: Desk, asked: parameters.NeighboursOf) -> Neighbours:
    """The related terms of the panel."""
    desk.same(asked)
    detail, library = _detail(desk, asked.id), desk.scenes.library()
    place = {one: number for number, one in enumerate(detail.neighbour_ids)}
    ranked = sorted(detail.neighbours, key=lambda one: (place[one.term.id], one.kind, not one.forward))
    items, onward = desk.page(ROOT + "neighbours", asked, ranked)
    return Neighbours(
        id=detail.term.id,
        items=[
            Neighbour(answers.term(one.term), one.kind, neighbours.words(one, library), one.forward, one.note)
            for one in items
        ],
        total=len(ranked),
        next=onward,
        revision=desk.revision,
    )


def paths(desk: Desk, asked: parameters.Between) -> Paths:
    """The path of the map between two terms."""
    view = View(path=(asked.start, asked.end), hidden_kinds=tuple(sorted(set(asked.without))))
    scene, library, _ = desk.screens.shown(address(view))
    route = scene.trail
    if not isinstance(route, Route) or route.unknown:
        raise _unknown(desk, *(route.unknown if isinstance(route, Route) else ()))
    nodes = {node.id: node for node in route.nodes}
    words = path_panel.words_between(route, library)
    return Paths(
        start=route.ends[0],
        end=route.ends[1],
        summary=path_panel.summary(route),
        ways=[Way(list(way), path_panel.plain(path_panel.sentence(way, nodes, words))) for way in route.found.ways],
        more=route.found.more,
        terms=[answers.term(node) for node in route.nodes],
        relations=[answers.relation(one) for one in route.relations],
        blocked=route.blocked,
        stopped=route.found.stopped,
        revision=desk.revision,
    )


def sets(desk: Desk, asked: parameters.Paged) -> Sets:
    """What is loaded."""
    desk.same(asked)
    library = desk.scenes.library()
    items, onward = desk.page(ROOT + "sets", asked, library.sets)
    return Sets(
        items=[answers.term_set(one) for one in items],
        total=len(library.sets),
        terms=library.terms,
        next=onward,
        revision=desk.revision,
    )


def export(desk: Desk, asked: parameters.Export) -> Map | File:
    """What a map shows, as JSON or as a file."""
    given = asked.model_dump(by_alias=True, exclude_defaults=True, exclude={"format"})
    if asked.format != "json" and asked.format not in desk.writers:
        raise Refusal(400, messages.EXPORT_FORMAT.format(known=", ".join(sorted(("json", *desk.writers)))))
    try:
        made = exports.read(desk.screens, urlencode(given, doseq=True))
    except exports.Refused as error:
        raise Refusal(error.status, str(error)) from error
    if asked.format == "json":
        return answers.map_of(made, desk.revision)
    return File(made.name, asked.format, desk.writers[asked.format](made))


OPERATIONS = (
    Operation("search", "Find terms by words", parameters.Search, Hits, search, finds=True),
    Operation("term", "A term with its texts", parameters.OfTerm, TermDetail, term, names=True),
    Operation("neighbours", "How a term is related", parameters.NeighboursOf, Neighbours, neighbours_of, names=True),
    Operation("paths", "The shortest ways between two terms", parameters.Between, Paths, paths, names=True),
    Operation("sets", "The loaded sets", parameters.Paged, Sets, sets),
    Operation("export", "What a map shows, as a file", parameters.Export, Map, export, names=True),
    Operation("library", "The library of queries", parameters.Paged, LibraryQueries, shelf.library),
    Operation("query", "The answer of a query of the library", parameters.OfQuery, Rows, shelf.query, names=True),
)


def _detail(desk: Desk, key: str) -> Detail:
    found = desk.scenes.term(key)
    detail = found.detail or desk.scenes.detail(found.now)
    if detail is None:
        raise _unknown(desk, key)
    return detail


def _unknown(desk: Desk, *keys: str) -> Refusal:
    near = [{"id": one.term.id, "name": one.term.name} for key in keys for one in desk.finder.nearest(key)]
    return Refusal(404, " ".join(messages.NO_TERM.format(term=key) for key in keys), nearest=near)
