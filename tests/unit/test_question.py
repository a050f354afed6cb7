"""What `conceptmap query` is asked: statements, files, and what is said of parameters."""

from pathlib import Path

import pytest
import typer

from cli.question import question
from graph.errors import LibraryWrong

WITH_A_HEAD = """\
// Title: Terms of some kinds
// Parameter: kinds: strings
// Parameter: least: integer = 3
MATCH (t:Term) WHERE t.kind IN $kinds AND size(t.name) >= $least RETURN t.name
"""


def test_a_file_with_a_head_is_read_as_the_library_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.cypher"
    path.write_text(WITH_A_HEAD, encoding="utf-8")
    asked = question(None, path, ["kinds=uses, part-of"], None)
    assert asked.parameters == {"kinds": ["uses", "part-of"], "least": 3}
    assert asked.text == WITH_A_HEAD.strip()


def test_what_is_wrong_with_such_a_file_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.cypher"
    path.write_text(WITH_A_HEAD.replace("$least", "3"), encoding="utf-8")
    with pytest.raises(LibraryWrong, match=r"mine\.cypher: the parameter least is declared and not used"):
        question(None, path, ["kinds=uses"], None)


def test_any_other_statement_takes_values_as_json_or_else_as_texts() -> None:
    asked = question("RETURN $a, $b, $c", None, ["a=12", "b=[1, 2]", "c=twelve"], None)
    assert asked.parameters == {"a": 12, "b": [1, 2], "c": "twelve"}


def test_a_statement_and_a_file_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match="not both"):
        question("RETURN 1", tmp_path / "a.cypher", [], None)
