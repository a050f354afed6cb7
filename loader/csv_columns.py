"""Which column of a table is which key of a term: by `--map`, by our own names, or by names that others use."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from graph.kinds import BUILT_IN, inverses
from loader.csv_cells import Cell
from loader.model import Position, Problem, one_line

TEXTS = ("name", "id", "definition", "explanation", "category")
LISTS = ("aliases", "formerly")
KINDS = (*BUILT_IN, *inverses(BUILT_IN))
KEYS = (*TEXTS, *LISTS, *KINDS)
NEEDED = ("name", "definition")

# In the singular: a plural in -s is understood too.
SYNONYMS = {
    "name": "term, label, preferred label, preferred term, preferred name, preflabel, concept, title, entry",
    "id": "identifier, term id, concept id, slug",
    "definition": "description, meaning, short description",
    "explanation": "detail, note, comment, remark, scope note, scopenote, long description",
    "category": "type, group, topic, domain, subject, section",
    "aliases": "alias, synonym, alternative label, alternative name, alternative term, altlabel, hiddenlabel, "
    "also known as, aka, abbreviation, acronym",
    "formerly": "former id",
    "related": "related to, related term, related concept, see also",
    "broader": "broader term, broader concept, bt, parent, parent term",
    "narrower": "narrower term, narrower concept, nt, child, children, child term",
    "part-of": "is part of",
    "used-by": "is used by",
    "required-by": "is required by",
    "example-of": "is example of, is an example of",
}


class Rank(IntEnum):
    """How surely a title means its key; the lowest wins."""

    MAPPED, OURS, SYNONYM, UNKNOWN = range(4)


@dataclass(frozen=True)
class Column:
    """A column's title and what it means; `key` is "" where it is left out."""

    title: str
    key: str
    rank: Rank
    position: Position


def folded(title: str) -> str:
    """A title without what differs from table to table: case, hyphens, underscores, a prefix such as `skos:`."""
    text = re.sub(r"^(skos|dc|dct|rdfs):", "", one_line(title).casefold()).replace("(s)", "")
    return " ".join(re.split(r"[\s_\-]+", text)).strip()


OURS = {folded(key): key for key in KEYS}
THEIRS = {word: key for key, words in SYNONYMS.items() for word in words.split(", ")}


def columns_of(header: Sequence[Cell], mapped: Mapping[str, str]) -> list[Column]:
    """What each column of a header means."""
    wishes = {folded(title): key for title, key in mapped.items()}
    return [_column(cell, wishes) for cell in header]


def settled(columns: Sequence[Column]) -> tuple[list[Column], list[Problem]]:
    """The columns with at most one for each text, the others without a key, and what is wrong with those."""
    kept: list[Column] = []
    problems: list[Problem] = []
    winners: dict[str, Column] = {}
    for column in sorted(columns, key=lambda one: one.rank):
        winners.setdefault(column.key, column)
    for column in columns:
        winner = winners[column.key]
        if column.rank is Rank.UNKNOWN:
            problems.append(_left_out(column, "its name is not known"))
        elif column.key not in TEXTS or column is winner:
            kept.append(column)
            continue
        elif column.rank == winner.rank:
            problems.append(_twice(column, winner))
        else:
            problems.append(_left_out(column, f"`{column.key}` is the column “{winner.title}”"))
        kept.append(replace(column, key=""))
    return kept, [*problems, *_missing(columns)]


def _column(cell: Cell, wishes: Mapping[str, str]) -> Column:
    title = one_line(cell.text)
    word = folded(title)
    for rank, known in ((Rank.MAPPED, wishes), (Rank.OURS, OURS), (Rank.SYNONYM, THEIRS)):
        for spelling in (word, word.removesuffix("s")):
            if spelling in known:
                return Column(title, known[spelling], rank, cell.position)
    return Column(title, "", Rank.UNKNOWN, cell.position)


def _missing(columns: Sequence[Column]) -> Iterator[Problem]:
    for key in NEEDED:
        if all(column.key != key for column in columns):
            titles = ", ".join(f"“{column.title}”" for column in columns[:20])
            message = f"No column is the {key}, of these: {titles}: name one `{key}`, or say --map 'Its name={key}'."
            yield Problem(columns[0].position, "bad-header", message)


def _left_out(column: Column, why: str) -> Problem:
    title = column.title or "without a name"
    message = (
        f"The column “{title}” is left out, {why}: say what it is, such as --map '{title}=explanation', "
        f"or --map '{title}=' if that is meant."
    )
    return Problem(column.position, "unknown-column", message, "warning")


def _twice(column: Column, other: Column) -> Problem:
    message = (
        f"The columns “{other.title}” and “{column.title}” both mean `{column.key}`: rename one, "
        f"or say what it is with --map '{column.title}=key'."
    )
    return Problem(column.position, "duplicate-key", message)
