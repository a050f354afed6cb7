"""What the console is told of a query: its result, what is wrong and where, and what its fields mean."""

import pytest

from explorer import console_told
from explorer.console_given import Field, values
from graph.errors import (
    LibraryWrong,
    QueryFailed,
    QueryStopped,
    QueryTimeout,
    ReadOnlyRefused,
    ServerUnreachable,
    TooManyQueries,
)
from graph.limits import Cut, QueryResult


def test_a_result_tells_the_limits_that_it_reached() -> None:
    found = QueryResult(("a",), ((1,), (None,)), True, 0.25, (Cut("rows", 1000, 1000), Cut("cells", 100, 1)), 2.0)
    told = console_told.result(found)
    assert told["rows"] == ((1,), (None,))
    assert (told["seconds"], told["waited"]) == (0.25, 2.0)
    assert told["limits"][0] == "The first 1,000 rows; there are more."
    assert "One cell holds more than 100 bytes" in told["limits"][1]


@pytest.mark.parametrize(
    ("error", "text", "place"),
    [
        (QueryFailed("S at line 2, column 15: Invalid input", (2, 15)), "MATCH (t:Term)\nRETURN t.name,,1", (2, 15)),
        (QueryFailed("S: UndefinedVariable: Variable 'x' not defined"), "MATCH (t)\nRETURN t, x.name", (2, 11)),
        (QueryFailed("S: UnknownFunction: Unknown function 'foo'"), "RETURN foo(1)", (1, 8)),
        (QueryFailed("S: Expected parameter(s): a"), "RETURN $a", (1, 9)),
        (QueryFailed("S: / by zero"), "RETURN 1/0", None),
    ],
)
def test_what_is_wrong_has_a_place(error: QueryFailed, text: str, place: tuple[int, int] | None) -> None:
    told, status = console_told.wrong(error, text)
    assert status == 422
    assert told == {"message": str(error), "place": place and {"line": place[0], "column": place[1]}}


def test_what_is_missing_at_the_end_is_told_so() -> None:
    error = QueryFailed("The server refused the statement at line 3, column 31: mismatched input '<EOF>'", (3, 31))
    told, _ = console_told.wrong(error, "MATCH (t)\nRETURN")
    assert told["message"] == "The server refused the statement at its end: mismatched input '<EOF>'"
    assert told["place"] == {"line": 2, "column": 7}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ReadOnlyRefused("No."), 422),
        (LibraryWrong("No."), 422),
        (QueryStopped(), 409),
        (QueryTimeout("No."), 504),
        (TooManyQueries.of(4), 429),
        (ServerUnreachable("No."), 503),
    ],
)
def test_other_errors_are_told_as_they_are(error: Exception, status: int) -> None:
    assert console_told.wrong(error, "RETURN 1") == ({"message": str(error), "place": None}, status)  # type: ignore[arg-type]


def test_fields_are_read_as_their_type_says() -> None:
    given = [
        ("a", "integer", "12"),
        ("b", "number", "1"),
        ("c", "boolean", "true"),
        ("d", "strings", "x, y"),
        ("e", "strings", '["x, y"]'),
        ("f", "string", "12"),
        ("g", "any", '{"x": [1, null]}'),
        ("h", "any", "no JSON"),
        ("i", "any", "NaN"),
        ("j", "integer", "9007199254740993"),
        ("k", "unheard-of", "1"),
    ]
    assert values(Field(*one) for one in given) == {
        "a": 12,
        "b": 1.0,
        "c": True,
        "d": ["x", "y"],
        "e": ["x, y"],
        "f": "12",
        "g": {"x": [1, None]},
        "h": "no JSON",
        "i": "NaN",
        "j": 9007199254740993,
        "k": 1,
    }


@pytest.mark.parametrize(("type_", "text"), [("integer", "1.5"), ("integer", ""), ("boolean", "yes"), ("number", "x")])
def test_a_text_that_is_not_of_its_type_is_told(type_: str, text: str) -> None:
    with pytest.raises(LibraryWrong, match="The parameter limit of This query is"):
        values([Field("limit", type_, text)])


def test_what_is_nested_without_an_end_is_refused() -> None:
    with pytest.raises(LibraryWrong, match="nested too deeply"):
        values([Field("x", "any", "[" * 100_000)])
