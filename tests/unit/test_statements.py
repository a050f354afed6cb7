"""Every statement is a file that a person can read: a title, what it answers, and its parameters."""

import re

import pytest

from graph.statements import names, parse_statement, statement

ALLOWED_FOLDERS = {"schema", "load", "export", "explore", "library", "console"}


@pytest.mark.parametrize("name", names())
def test_a_statement_says_what_it_is_for(name: str) -> None:
    one = statement(name)
    assert one.title
    assert one.answers
    assert name.split("/")[0] in ALLOWED_FOLDERS


@pytest.mark.parametrize("name", names())
def test_the_header_names_exactly_the_parameters(name: str) -> None:
    one = statement(name)
    body = "\n".join(line for line in one.text.splitlines() if not line.startswith("//"))
    assert set(one.parameters) == set(re.findall(r"\$(\w+)", body))


def test_a_header_may_go_on_over_lines() -> None:
    one = parse_statement(
        "x/y", "// Title: T\n// Parameters: id (string: the id), limit\n//   (integer)\nRETURN $id, $limit"
    )
    assert one.parameters == ("id", "limit")
    assert one.text.endswith("RETURN $id, $limit")
