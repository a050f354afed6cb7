"""Reads a term set from a table of delimited text: a line of column names, then one row a term.

The delimiter is the one that makes the first line name the most known columns. A table has no place for the keys of
the set itself: its id is the file's name.
"""

from collections.abc import Iterator, Mapping, Sequence

from loader.csv_cells import DELIMITERS, LINE_END, SEPARATOR_LINE, BrokenQuotes, Cell, items, rows
from loader.csv_columns import KINDS, Column, Rank, columns_of, settled
from loader.decoding import nul_problem
from loader.formats import NO_HINTS, Hints
from loader.model import (
    Header,
    Position,
    Problem,
    WrittenRelation,
    WrittenSet,
    WrittenTerm,
    WrittenText,
    one_line,
    tidy,
)
from loader.slug import slug

Row = dict[str, list[Cell]]


def read_csv(text: str, file: str, stem: str, hints: Hints = NO_HINTS) -> tuple[WrittenSet | None, list[Problem]]:
    """The set of a table's text, and what is wrong with it. `stem` is the set's id."""
    if nul := nul_problem(text, file):
        return None, [nul]
    text, delimiter = _without_separator_line(text)
    try:
        table = rows(text, file, delimiter or _delimiter(text, file, hints.columns))
        header = next(table, None)
        if header is None:
            message = "The file is empty: it needs a line of column names, then a row for each term."
            return None, [Problem(Position(file), "syntax", message)]
        columns, problems = settled(columns_of(_trimmed(header), hints.columns))
        if any(problem.is_error for problem in problems):
            return None, problems
        terms = [_term(row, _by_key(row, columns, problems)) for row in table]
    except BrokenQuotes as broken:
        return None, [broken.problem]
    if not terms:
        message = "This set has no terms: add a row for each below the column names."
        return None, [*problems, Problem(header[0].position, "no-terms", message)]
    head = Header(id=slug(stem), title=stem, language=hints.language)
    return WrittenSet(head, tuple(terms), header[0].position), problems


def _term(row: Sequence[Cell], cells: Row) -> WrittenTerm:
    place = cells["name"][0].position if "name" in cells else row[0].position
    return WrittenTerm(
        name=one_line(_text(cells, "name")),
        id=tidy(_text(cells, "id")),
        definition=tidy(_text(cells, "definition")),
        explanation=tidy(_text(cells, "explanation")),
        category=one_line(_text(cells, "category")),
        aliases=tuple(_texts(cells, "aliases")),
        relations=tuple(
            WrittenRelation(to.text, kind, "", to.position) for kind in KINDS for to in _texts(cells, kind)
        ),
        formerly=tuple(_texts(cells, "formerly")),
        position=place,
    )


def _text(cells: Row, key: str) -> str:
    return "\n".join(LINE_END.split(cells[key][0].text)) if key in cells else ""


def _texts(cells: Row, key: str) -> Iterator[WrittenText]:
    for cell in cells.get(key, ()):
        for item in items(cell.text):
            yield WrittenText(one_line(item), cell.position)


def _by_key(row: Sequence[Cell], columns: Sequence[Column], problems: list[Problem]) -> Row:
    """The cells of a row by key; a text beyond the last column is reported, its comma is not quoted as a rule."""
    cells: Row = {}
    for cell, column in zip(row, columns, strict=False):
        if column.key:
            cells.setdefault(column.key, []).append(cell)
    extra = next((cell for cell in row[len(columns) :] if cell.text.strip()), None)
    if extra is not None:
        message = (
            f"This row has more fields than the {len(columns)} columns, from “{one_line(extra.text)[:40]}” on: "
            "put a text that holds the delimiter into quotes."
        )
        problems.append(Problem(extra.position, "extra-field", message))
    return cells


def _trimmed(header: list[Cell]) -> list[Cell]:
    """Without the empty titles at the end that a delimiter too many leaves."""
    last = max(index for index, cell in enumerate(header) if cell.text.strip())
    return header[: last + 1]


def _without_separator_line(text: str) -> tuple[str, str | None]:
    """A first line `sep=;` is Excel's way to name the delimiter; its line end stays, for the numbers of the others."""
    match = SEPARATOR_LINE.match(text)
    return (text, None) if match is None else (text[match.end() :], match["delimiter"])


def _delimiter(text: str, file: str, mapped: Mapping[str, str]) -> str:
    return max(DELIMITERS, key=lambda delimiter: _known_columns(text, file, delimiter, mapped))


def _known_columns(text: str, file: str, delimiter: str, mapped: Mapping[str, str]) -> tuple[int, int]:
    """How many columns of the first row are known, and how many there are, if that is the delimiter."""
    try:
        header = next(rows(text, file, delimiter), [])
    except BrokenQuotes:
        first = LINE_END.split(text.lstrip(), maxsplit=1)[0]
        header = [Cell(title.strip(' "'), Position(file)) for title in first.split(delimiter)]
    return sum(column.rank is not Rank.UNKNOWN for column in columns_of(header, mapped)), len(header)
