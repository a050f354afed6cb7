"""Files of the library: what their heads say, and what is told of one that is wrong."""

from pathlib import Path

import pytest

from graph.errors import LibraryWrong, UnknownQuery
from graph.library import bind, declares, from_texts, parse, read_library

GOOD = """\
// Title: Terms of a category
// Answers: the terms, and
//   how many letters each has
// Parameter: category: category = "Models" -- which category
// Parameter: least: integer = 3 -- letters -- at least
// Parameter: kinds: strings = []
// Parameter: of: set
MATCH (t:Term {category: $category}) WHERE size(t.name) >= $least AND NOT t.x IN $kinds AND t.y = $of
RETURN t.name AS name // "$nothing"
"""


def test_the_head_of_a_file() -> None:
    query = parse("of-category", GOOD, "here.cypher")
    assert (query.title, query.description) == ("Terms of a category", "the terms, and how many letters each has")
    assert [(one.name, one.type, one.default, one.is_required, one.help) for one in query.parameters] == [
        ("category", "category", "Models", False, "which category"),
        ("least", "integer", 3, False, "letters -- at least"),
        ("kinds", "strings", [], False, ""),
        ("of", "set", None, True, ""),
    ]
    assert query.text == GOOD.strip()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("RETURN 1", "x.cypher:1: the title is missing"),
        ("// Title: A\n", "x.cypher: there is no statement below the head"),
        ("// Title: A\nRETURN $n", r"x.cypher: \$n is not declared"),
        ("// Title: A\n// Parameter: n: integer = 1\nRETURN 1 // $n", "parameter n is declared and not used"),
        ("// Title: A\n// Parameter: n\nRETURN $n", "x.cypher:2: 'n' is no parameter"),
        ("// Title: A\n// Parameter: n: number = x\nRETURN $n", "x.cypher:2: the default 'x' of n is no JSON"),
        ("// Title: A\n// Parameter: n: integer = 1.5\nRETURN $n", "x.cypher:2: the default 1.5 of n is not a whole"),
        ("// Title: A\n// Parameter: n: date = 1\nRETURN $n", "x.cypher:2: 'date' is no type of a parameter"),
        ("// Title: A\n// Parameter: n: integer\n// Parameter: n: integer\nRETURN $n", "'n' is declared twice"),
    ],
)
def test_a_file_that_is_wrong_says_where(source: str, sentence: str) -> None:
    with pytest.raises(LibraryWrong, match=sentence):
        parse("x", source, "x.cypher")


def test_a_name_that_is_none() -> None:
    with pytest.raises(LibraryWrong, match="is no name of a query"):
        parse("a b", GOOD, "a b.cypher")


def test_parameters_are_checked_and_the_others_are_the_defaults() -> None:
    query = parse("x", GOOD, "x.cypher")
    assert bind(query, {"of": "ai", "least": 5}) == {"category": "Models", "least": 5, "kinds": [], "of": "ai"}
    for given, sentence in (
        ({}, "x needs the parameter of"),
        ({"of": 1}, "of of x is the id of a set, and 1 is not"),
        ({"of": "ai", "least": True}, "least of x is a whole number, and true is not"),
        ({"of": "ai", "kinds": ["a", 1]}, "kinds of x is a list of texts"),
        ({"of": "ai", "more": 1}, "x has no parameter 'more': it takes category, least, kinds, of"),
    ):
        with pytest.raises(LibraryWrong, match=sentence):
            bind(query, given)


def test_what_somebody_typed_is_read_as_the_type_says() -> None:
    query = parse("x", GOOD, "x.cypher")
    found = from_texts(query, {"of": "12", "least": "4", "kinds": "uses, part-of", "category": "true"})
    assert found == {"of": "12", "least": 4, "kinds": ["uses", "part-of"], "category": "true"}
    assert from_texts(query, {"of": "a", "kinds": '["x, y"]'})["kinds"] == ["x, y"]
    with pytest.raises(LibraryWrong, match='least of x is a whole number, and "many" is not'):
        from_texts(query, {"of": "a", "least": "many"})


def test_a_folder_of_ones_own_goes_first(tmp_path: Path) -> None:
    (tmp_path / "kinds.cypher").write_text("// Title: Mine\nRETURN 1 AS one;\n")
    (tmp_path / "wrong.cypher").write_text("RETURN 1")
    (tmp_path / "bytes.cypher").write_bytes(b"// Title: \xff")
    (tmp_path / "notes.txt").write_text("no query")
    library = read_library(tmp_path)
    mine = library.find("kinds")
    assert (mine.title, mine.path, mine.text) == (
        "Mine",
        str(tmp_path / "kinds.cypher"),
        "// Title: Mine\nRETURN 1 AS one",
    )
    assert library.find("islands").path == ""
    assert [problem.partition(":")[0] for problem in library.problems] == [
        str(tmp_path / "bytes.cypher"),
        str(tmp_path / "wrong.cypher"),
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryWrong, match="correct CONCEPTMAP_LIBRARY"):
        read_library(tmp_path / "nowhere")


def test_a_name_that_nobody_knows() -> None:
    with pytest.raises(UnknownQuery, match="did you mean two-hops-away"):
        read_library().find("two_hop_away")
    with pytest.raises(UnknownQuery, match="query --list"):
        read_library().find("zzz")


def test_the_shipped_library_is_whole() -> None:
    library = read_library()
    assert not library.problems
    for query in library.queries:
        assert query.title, query.name
        assert query.description, query.name
        assert all(one.help and not one.is_required for one in query.parameters), query.name


def test_a_statement_that_declares_its_parameters_is_told_by_its_head_alone() -> None:
    assert declares(GOOD)
    assert not declares("MATCH (t) RETURN t // Parameter: n: integer")
    assert not declares("// Title: A\nRETURN 1")
