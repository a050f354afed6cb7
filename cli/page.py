"""An export as one HTML file: what the loader read, as the explorer's page that stands alone."""

from explorer.page_export import Book, PageSet, PageTerm, document, titles_told
from explorer.queries import Relation
from loader.entries import MAIN
from loader.export.model import Exported, Rank, Text, counted
from loader.export.united import kinds, united
from loader.model import Header


def write_page(exported: Exported) -> Text:
    """All sets of the export, united as on the map."""
    former = sum(len(entry.body.get("former", ())) for one in exported.sets for entry in one.entries.values())
    told = (counted(former, "former id"),) if former else ()
    return Text(document(_book(exported)), (*exported.dropped, *told))


def _book(exported: Exported) -> Book:
    derived, sources = united(exported), _sources(exported)
    none = Rank(None, None)
    terms = (
        PageTerm(
            id=key,
            name=row["name"],
            definition=row["definition"] or "",
            explanation=row["explanation"] or "",
            category=row["category"] or "",
            aliases=tuple(row["aliases"]),
            sets=tuple(sources.get(key, ())),
            importance=exported.ranks.get(key, none).importance or 0.0,
            defined=row["defined"],
        )
        for key, row in derived.terms.items()
    )
    relations = (Relation(start, kind, end, row["note"] or "") for (start, kind, end), row in derived.relations.items())
    sets = tuple(_set(one.header, len(one.entries)) for one in exported.sets)
    return Book(
        titles_told(one.title for one in sets), tuple(terms), tuple(relations), tuple(kinds(exported).values()), sets
    )


def _sources(exported: Exported) -> dict[str, list[str]]:
    """For each term the titles of the sets that define it, by rank."""
    ranked = sorted(
        (entry.role != MAIN, one.header.priority, one.header.id, key, one.header.title or one.header.id)
        for one in exported.sets
        for key, entry in one.entries.items()
    )
    found: dict[str, list[str]] = {}
    for *_, key, title in ranked:
        found.setdefault(key, []).append(title)
    return found


def _set(header: Header, terms: int) -> PageSet:
    return PageSet(header.title or header.id, terms, header.version, header.license, header.source)
