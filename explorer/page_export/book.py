"""What a page that stands alone holds: terms, relations and sets, wherever they were read. Pure.

`payload` makes of it the data that `page.js` draws from: plain lists and numbers, texts once, terms by importance.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explorer import elements, markdown, style
from explorer.page_export.layout import places
from explorer.page_export.tree import Mention, plain
from explorer.queries import Relation
from graph.kinds import Kind

MOST_ON_MAP = 300
MOST_TITLES = 3
Row = list[Any]


@dataclass(frozen=True)
class PageTerm:
    """A term with its texts. `sets` are titles, those that define it by rank."""

    id: str
    name: str
    definition: str = ""
    explanation: str = ""
    category: str = ""
    aliases: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    importance: float = 0.0
    defined: bool = True


@dataclass(frozen=True)
class PageSet:
    """A set, as the page names its sources."""

    title: str
    terms: int = 0
    version: str = ""
    license: str = ""
    source: str = ""


@dataclass(frozen=True)
class Book:
    """All that a page holds. `kinds` has those of its relations at least, in the order in which they are told."""

    title: str
    terms: tuple[PageTerm, ...]
    relations: tuple[Relation, ...]
    kinds: tuple[Kind, ...]
    sets: tuple[PageSet, ...] = ()


def payload(book: Book) -> dict[str, Any]:
    """The data of the page."""
    terms = sorted(book.terms, key=lambda term: (-term.importance, term.id))
    place = {term.id: number for number, term in enumerate(terms)}
    known = {kind.id: kind for kind in book.kinds}
    relations = sorted(
        (one for one in book.relations if one.source in place and one.target in place and one.source != one.target),
        key=lambda one: (place[one.source], one.kind, place[one.target]),
    )
    pairs = [(place[one.source], place[one.target]) for one in relations]
    on_map = min(len(terms), MOST_ON_MAP)
    tints = elements.tints_of(categories(book))
    return {
        "title": book.title,
        "sets": [[one.title, one.terms, one.version, one.license, one.source] for one in book.sets],
        "categories": [[name, tints[name], *style.look(tints[name]), count] for name, count in categories(book)],
        "kinds": [_kind(kind) for kind in known.values()],
        "terms": _terms(terms, relations, place),
        "relations": [[place[one.source], one.kind, place[one.target], one.note] for one in relations],
        "places": places(on_map, [pair for pair in pairs if max(pair) < on_map]),
        "styles": {name: style.stylesheet(theme) for name, theme in style.THEMES.items()},
    }


def titles_told(titles: Iterable[str]) -> str:
    """The titles of sets as the title of a page."""
    first, *others = titles
    named = [first, *others][:MOST_TITLES]
    left = 1 + len(others) - len(named)
    return ", ".join(named) + (f" and {left} more" if left else "")


def categories(book: Book) -> tuple[tuple[str, int], ...]:
    """How many terms each category has, the largest first, those without one last."""
    counts = Counter(term.category for term in book.terms)
    return tuple(sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0])))


def _terms(terms: list[PageTerm], relations: list[Relation], place: Mapping[str, int]) -> list[Row]:
    near: list[set[int]] = [set() for _ in terms]
    for one in relations:
        near[place[one.source]].add(place[one.target])
        near[place[one.target]].add(place[one.source])
    most = max((term.importance for term in terms), default=0.0)
    return [
        _term(term, [terms[other] for other in sorted(around)], most, place)
        for term, around in zip(terms, near, strict=True)
    ]


def _term(term: PageTerm, near: list[PageTerm], most: float, place: Mapping[str, int]) -> Row:
    names = markdown.linkable((term.name, *term.aliases), ((other.name, other.id) for other in near))
    linker = markdown.Linker(names, lambda key, words: Mention(place[key], words))
    definition = plain(linker(term.definition))
    size, font = elements.measures(term.importance, most)
    return [
        term.id,
        term.name,
        definition,
        plain(markdown.render(term.explanation, linker)) if term.explanation else [],
        term.category,
        list(term.aliases),
        list(term.sets),
        size,
        font,
        int(term.defined),
    ]


def _kind(kind: Kind) -> Row:
    return [kind.id, kind.label, kind.inverse_label, *style.line_of(kind), int(kind.symmetric)]
