"""Tables to sets: any common delimiter and encoding, other people's column names, every problem at its field."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loader.checking import check_files
from loader.csv_cells import DELIMITERS, BrokenQuotes, Cell, items, rows
from loader.csv_columns import OURS, THEIRS, Column, columns_of, folded, settled
from loader.csv_reader import read_csv
from loader.formats import Hints
from loader.model import Header, Position, WrittenSet

GOOD = """\
name,id,definition,explanation,category,aliases,related,uses,formerly
"Model, large",model,"Says ""hello"".","One.

Two.",Models,LM; Big model,Data;Task,Data,old-model
Data,,What it learns from.,,,,,,
Task,,What it is for.
"""


def read(text: str, **columns: str) -> WrittenSet:
    """The set of a text that is well."""
    written, problems = read_csv(text, "f.csv", "f", Hints(columns))
    assert problems == []
    assert written is not None
    return written


def places(text: str, **columns: str) -> list[tuple[str, int, int]]:
    """Code, line and column of every problem."""
    problems = read_csv(text, "f.csv", "f", Hints(columns))[1]
    return [(one.code, one.position.line, one.position.column) for one in problems]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_row_is_a_term(delimiter: str, newline: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(csv.reader(io.StringIO(GOOD)))
    model, data, task = read(out.getvalue().replace("\n", newline)).terms
    assert (model.name, model.id, model.category) == ("Model, large", "model", "Models")
    assert (model.definition, model.explanation) == ('Says "hello".', "One.\n\nTwo.")
    assert [one.text for one in model.aliases] == ["LM", "Big model"]
    assert [(one.to, one.kind) for one in model.relations] == [
        ("Data", "related"),
        ("Task", "related"),
        ("Data", "uses"),
    ]
    assert [one.text for one in model.formerly] == ["old-model"]
    assert (data.name, task.definition) == ("Data", "What it is for.")


def test_every_part_has_the_place_of_its_field() -> None:
    model, data, _ = read(GOOD).terms
    assert (model.position.line, model.position.column) == (2, 1)
    assert (model.aliases[1].position.line, model.aliases[1].position.column) == (4, 14)
    assert (data.position.line, data.position.column) == (5, 1)


def test_the_set_is_named_by_its_file() -> None:
    written, _ = read_csv("name,definition\nA,a\n", "f.csv", "My Terms", Hints(language="de"))
    assert written is not None
    assert written.header == Header(id="my-terms", title="My Terms", language="de")


def test_column_names_of_other_people() -> None:
    written = read("Preferred Label|Description|Synonyms|BT|See_also|Notes\nA|a|AA; AB|B|C|n\nB|b\nC|c\n")
    first = written.terms[0]
    assert (first.name, first.definition, first.explanation) == ("A", "a", "n")
    assert [one.text for one in first.aliases] == ["AA", "AB"]
    assert [(one.to, one.kind) for one in first.relations] == [("C", "related"), ("B", "broader")]


def test_no_name_of_a_column_means_two_things() -> None:
    assert not {word: key for word, key in THEIRS.items() if OURS.get(word, key) != key}
    assert all(folded(word) == word for word in THEIRS)


def test_columns_may_be_mapped() -> None:
    table = "Begriff;Erklärung;Definition;Wer\nA;more;a;me\n"
    written = read(table, Begriff="name", ERKLÄRUNG="explanation", Wer="")
    assert [(one.name, one.definition, one.explanation) for one in written.terms] == [("A", "a", "more")]


def test_what_is_mapped_goes_before_our_own_names_and_those_before_others() -> None:
    text = "Term,Name,Definition,Description\na,A,d,e\n"
    assert places(text) == [("unknown-column", 1, 1), ("unknown-column", 1, 22)]
    written, problems = read_csv(text, "f", "f", Hints({"Description": "definition", "Term": "aliases"}))
    assert [one.position.column for one in problems] == [11]
    assert written is not None
    assert (written.terms[0].definition, written.terms[0].aliases[0].text) == ("e", "a")


def test_several_columns_may_give_one_list() -> None:
    written = read("name,definition,Synonyms,Acronyms\nA,a,x,y; z\n")
    assert [one.text for one in written.terms[0].aliases] == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        (" ; ;", []),
        ("a", ["a"]),
        ("a;b ;  c", ["a", "b ", "c"]),
        (r"a\;b;c", ["a;b", "c"]),
        ('"a;b" ; "say ""c"""', ["a;b", 'say "c"']),
        ("a\nb\r\nc", ["a", "b", "c"]),
        (r"C:\x;\n", [r"C:\x", r"\n"]),
        ('"a" b;c', ['"a" b', "c"]),
        ('"open;c', ['"open', "c"]),
    ],
)
def test_a_list_in_a_cell(cell: str, expected: list[str]) -> None:
    assert list(items(cell)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("syntax", 1, 1)]),
        ("\n \n", [("syntax", 1, 1)]),
        ("name,definition\n", [("no-terms", 1, 1)]),
        ("\n\nname,definition\n,,\n", [("no-terms", 3, 1)]),
        (
            "A,a\nB,b\n",
            [("unknown-column", 1, 1), ("unknown-column", 1, 3), ("bad-header", 1, 1), ("bad-header", 1, 1)],
        ),
        ("name\nA\n", [("bad-header", 1, 1)]),
        ('name,definition\nA,"a\nB,b\n', [("syntax", 2, 3)]),
        ('name,definition\nA,"a" b\n', [("syntax", 2, 7)]),
        ('name,definition\nA,"x\ny" z\n', [("syntax", 3, 4)]),
        ('name,"definition\nA,a', [("syntax", 1, 6)]),
        ("name,definition\nA,a,b,c\nB,b,\n", [("extra-field", 2, 5)]),
        ("name,definition,Owner,\nA,a,me,\n", [("unknown-column", 1, 17)]),
        (",name,definition\n0,A,a\n", [("unknown-column", 1, 1)]),
        ("name,name,definition\nA,B,a\n", [("duplicate-key", 1, 6)]),
        ("Term,Label,definition\nA,B,a\n", [("duplicate-key", 1, 6)]),
        ("name,definition\nA,a\0\n", [("syntax", 2, 4)]),
    ],
)
def test_a_problem_has_the_place_of_its_field(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(text) == expected


def test_an_unknown_column_is_told_with_its_remedy() -> None:
    _, problems = read_csv("name,definition,Owner\nA,a,me\n", "f", "f")
    assert problems[0].severity == "warning"
    assert problems[0].message == (
        "The column “Owner” is left out, its name is not known: say what it is, such as --map 'Owner=explanation', "
        "or --map 'Owner=' if that is meant."
    )


def test_excel_may_name_the_delimiter() -> None:
    term = read("sep=|\r\nname|definition\r\nA, B; C|a\r\n").terms[0]
    assert (term.name, term.position.line) == ("A, B; C", 3)


def test_a_space_may_stand_before_a_quote() -> None:
    assert read('name, definition\nA, "a, b"\n').terms[0].definition == "a, b"


def test_a_huge_field_is_read_as_it_is() -> None:
    text = 'name,definition\nA,"' + 'x""\n' * 1_000_000 + '"\nB,b\n'
    first, second = read(text).terms
    assert (len(first.definition), second.position.line) == (3_000_000 - 1, 1_000_003)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_the_encodings_of_tables(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    path.write_bytes(mark + "name\tdefinition\r\nKöln\tStadt am Rhein 😀\r\n".encode(encoding))
    sets, problems = check_files([str(path)])
    assert problems == []
    assert (sets[0].terms[0].name, sets[0].terms[0].definition) == ("Köln", "Stadt am Rhein 😀")


def checked(raw: bytes, folder: Path) -> tuple[list[WrittenSet], list[tuple[str, str]]]:
    """Sets and problems of a table with these bytes."""
    (folder / "t.csv").write_bytes(raw)
    sets, problems = check_files([str(folder / "t.csv")])
    return sets, [(one.code, one.severity) for one in problems]


def test_what_excel_writes_is_read_with_a_warning(tmp_path: Path) -> None:
    sets, problems = checked("name,definition\nKöln,“Stadt” – am Rhein\n".encode("cp1252"), tmp_path)
    assert problems == [("guessed-encoding", "warning")]
    assert (sets[0].terms[0].name, sets[0].terms[0].definition) == ("Köln", "“Stadt” – am Rhein")


def test_a_guessed_word_is_shown_without_what_would_spoil_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"name,definition\nK\x1b[31m\xf6ln,d\n")
    (message,) = (one.message for one in check_files([str(path)])[1] if one.code == "guessed-encoding")
    assert "in which this is “K[31möln,d”" in message


def test_broken_utf8_is_not_taken_for_something_else(tmp_path: Path) -> None:
    assert checked("name,definition\nKöln,ä".encode() + b"\xff", tmp_path) == ([], [("unreadable", "error")])


def test_bytes_of_no_known_encoding_are_a_problem(tmp_path: Path) -> None:
    assert checked(b"name,definition\nA,\x81\x8d\xf6\n", tmp_path) == ([], [("unreadable", "error")])
    assert checked("name,definition\nA,a\n".encode("utf-16-le"), tmp_path) == ([], [("syntax", "error")])
    assert checked(b"\xff\xfen\x00a\x00\x00", tmp_path) == ([], [("unreadable", "error")])


class Counted(list[Column]):
    """Columns that count how often all of them are looked at."""

    looked = 0

    def __iter__(self) -> Iterator[Column]:
        self.looked += 1
        return super().__iter__()


def test_a_table_of_very_many_columns_is_not_compared_each_with_each() -> None:
    columns = Counted(columns_of([Cell(f"x{number}", Position("f")) for number in range(500)], {}))
    settled(columns)
    assert columns.looked < 10


def test_line_ends_of_all_sorts_count_alike_within_quotes_and_without() -> None:
    table = rows('a\rb\n"c\rd\r\ne\nf",g\r"h"', "f", ",")
    places = [(cell.text, cell.position.line, cell.position.column) for row in table for cell in row]
    assert places == [("a", 1, 1), ("b", 2, 1), ("c\rd\r\ne\nf", 3, 1), ("g", 6, 4), ("h", 7, 1)]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text('aä"\n;,'), min_size=2, max_size=4), min_size=1), st.sampled_from(["\n", "\r\n"]))
@example([["\n", '"']], "\r\n")
def test_what_csv_writes_is_read_as_csv_reads_it(table: list[list[str]], newline: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(table)
    expected = [row for row in table if any(cell.strip() for cell in row)]
    assert [[cell.text for cell in row] for row in rows(out.getvalue(), "f", ",")] == expected


@settings(max_examples=300, deadline=None)
@given(st.text('ab",\n'))
def test_any_text_is_read_as_csv_reads_it_or_refused_where_csv_refuses(text: str) -> None:
    try:
        ours: object = [[cell.text for cell in row] for row in rows(text, "f", ",")]
    except BrokenQuotes:
        ours = "refused"
    try:
        read_by_csv = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
        theirs: object = [row for row in read_by_csv if any(cell.strip() for cell in row)]
    except csv.Error:
        theirs = "refused"
    assert ours == theirs


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text('aä"\n;,', min_size=1), min_size=1, max_size=4), min_size=1))
def test_every_place_points_at_its_field(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    lines = out.getvalue().split("\n")
    for row in rows(out.getvalue(), "f", ","):
        for cell in row:
            there = lines[cell.position.line - 1][cell.position.column - 1 :]
            assert there.startswith(('"', cell.text.split("\n")[0]))
