"""Files to sets: what is read, and where the problems are said to be."""

import codecs
import errno
import os
from pathlib import Path

import pytest

from loader.checking import check_files
from loader.entries import MAIN, MENTION
from loader.page_reader import read_page
from loader.yaml_reader import read_yaml

PAGE = """# Foundation Model

A large model that is trained once on broad data.

It is adapted to many tasks afterwards.

Its training is costly.

Related Terms

RAG (Retrieval-Augmented Generation)
Fetches documents before answering.

Embeddings
Vectors that place texts of like meaning
close together.
"""


def test_plain_values_stay_the_text_that_was_written() -> None:
    written, problems = read_yaml(
        "terms:\n- {name: No, definition: 1.10}\n- {name: 404, definition: 2001-01-01}", "f", "f"
    )
    assert problems == []
    assert written is not None
    assert [(term.name, term.definition) for term in written.terms] == [("No", "1.10"), ("404", "2001-01-01")]


def test_the_header_and_the_stem() -> None:
    written, _ = read_yaml(
        "title: T\npriority: 5\nkinds: {regulates: {label: r, inverse: i}}\nterms: []", "f", "My Set"
    )
    assert written is not None
    assert (written.header.id, written.header.title, written.header.priority) == ("my-set", "T", 5)
    assert written.header.kinds[0].inverse_label == "i"


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a: " * 5, "{", "a: &a [*a", "- \x07", "a: 1\n---\nb: 2", "\t- x", "%", "&"]
)
def test_text_that_is_no_yaml_is_one_problem(text: str) -> None:
    written, problems = read_yaml(text, "f.yaml", "f")
    assert written is None
    assert [problem.code for problem in problems] in (["syntax"], ["wrong-type"])


def test_a_page_is_a_main_term_and_its_mentions() -> None:
    written, problems = read_page(PAGE, "page.txt", "page")
    assert problems == []
    assert written is not None
    main, rag, embeddings = written.terms
    assert (main.name, main.role) == ("Foundation Model", MAIN)
    assert main.definition == "A large model that is trained once on broad data."
    assert main.explanation == "It is adapted to many tasks afterwards.\n\nIts training is costly."
    assert [relation.to for relation in main.relations] == ["RAG", "Embeddings"]
    assert (rag.name, rag.aliases[0].text, rag.role) == ("RAG", "Retrieval-Augmented Generation", MENTION)
    assert rag.position.line == 11
    assert embeddings.definition == "Vectors that place texts of like meaning close together."


def test_a_page_whose_pairs_stand_close_together() -> None:
    written, _ = read_page("T\nD.\n\nRelated Terms:\nA\na.\nB\nb.\n", "p.txt", "p")
    assert written is not None
    assert [(term.name, term.definition) for term in written.terms] == [("T", "D."), ("A", "a."), ("B", "b.")]


def test_a_related_term_without_its_line_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("T\nD.\n\nRelated Terms\nA\nThe first.\nB\n", encoding="utf-8")
    _, problems = check_files([str(path)])
    assert [(problem.code, problem.position.line) for problem in problems] == [("missing-definition", 7)]


def test_bytes_that_are_no_utf8_have_a_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("terms:\n  - name: Köln".encode("latin-1"))
    _, problems = check_files([str(path)])
    assert [(p.code, p.position.line, p.position.column) for p in problems] == [("unreadable", 2, 12)]


@pytest.mark.parametrize(
    ("raw", "column", "byte"),
    [
        (codecs.BOM_UTF8 + b"ab\xffc", 3, "0xff is not UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\0b\0\0\xd8", 3, "0x00 is not UTF-16-LE"),
        (codecs.BOM_UTF16_BE + b"\0a\xd8\0\0b", 2, "0xd8 is not UTF-16-BE"),
        (codecs.BOM_UTF32_LE + b"a\0\0\0\xff\xff\xff\xff", 2, "0xff is not UTF-32-LE"),
    ],
)
def test_a_byte_order_mark_does_not_move_the_place_of_a_bad_byte(
    raw: bytes, column: int, byte: str, tmp_path: Path
) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    (problem,) = check_files([str(path)])[1]
    assert (problem.position.line, problem.position.column) == (1, column)
    assert problem.message.startswith(f"Byte {byte}:")


def test_a_page_with_a_nul_character_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("T\nA defi\0nition.\n", encoding="utf-8")
    sets, problems = check_files([str(path)])
    assert sets == []
    assert [(one.code, one.position.line, one.position.column) for one in problems] == [("syntax", 2, 7)]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no names of bytes")
def test_bytes_of_a_name_that_are_no_text_are_replaced(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.yaml"
    Path(os.fsdecode(path)).write_text("terms:\n- {name: A, definition: d}\n", encoding="utf-8")
    sets, problems = check_files([os.fsdecode(path)])
    assert problems == []
    assert sets[0].header.id.isprintable()
    sets[0].header.id.encode()
    sets[0].position.file.encode()


def test_a_name_that_no_file_can_have_is_one_problem(tmp_path: Path) -> None:
    _, problems = check_files([str(tmp_path / ("x" * 300 + ".yaml"))])
    assert [(p.code, "check its name" in p.message) for p in problems] == [("unreadable", True)]


def test_a_folder_that_may_not_be_read_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    for method in ("iterdir", "is_dir"):
        monkeypatch.setattr(Path, method, refuse)
        _, problems = check_files([str(tmp_path)])
        assert [(p.code, "permission denied" in p.message) for p in problems] == [("unreadable", True)]


def test_a_closed_standard_input_is_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    _, problems = check_files(["-"])
    assert [(p.code, "is closed" in p.message) for p in problems] == [("unreadable", True)]


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfterms:\n- {name: A, definition: The first.}\n")
    sets, problems = check_files([str(path)])
    assert problems == []
    assert sets[0].terms[0].name == "A"


def test_a_folder_gives_every_set_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("terms: [{name: A, definition: The first., related: [B]}]", encoding="utf-8")
    (tmp_path / "b.yml").write_text("terms: [{name: B, definition: The second.}]", encoding="utf-8")
    (tmp_path / "notes.pdf").write_text("no", encoding="utf-8")
    sets, problems = check_files([str(tmp_path)])
    assert [one.header.id for one in sets] == ["a", "b"]
    assert problems == []


def test_a_related_term_without_definition_does_not_move_the_others(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("T\nD.\n\nRelated Terms\n\nA\nOne.\nTwo.\n\nB\n\nC\nThree.\n", encoding="utf-8")
    sets, problems = check_files([str(path)])
    assert [(term.name, term.definition) for term in sets[0].terms[1:]] == [
        ("A", "One. Two."),
        ("B", ""),
        ("C", "Three."),
    ]
    assert [(problem.code, problem.position.line) for problem in problems] == [("missing-definition", 10)]


def test_the_paragraphs_of_a_page_keep_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text("# T\n\nThe\ndefinition.\n\n- one\n  - two\n\n```\ncode\n```\n", encoding="utf-8")
    (term,) = check_files([str(path)])[0][0].terms
    assert (term.definition, term.explanation) == ("The definition.", "- one\n  - two\n\n```\ncode\n```")


def test_a_text_in_a_folder_that_is_no_glossary_page_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# My terms\n\nHow to load them.\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("# A\n\nD.\n\n## Related Terms\n\nB\nE.\n", encoding="utf-8")
    sets, problems = check_files([str(tmp_path)])
    assert [one.header.id for one in sets] == ["a"]
    assert [(problem.code, problem.severity) for problem in problems] == [("no-page", "warning")]
    assert len(check_files([str(tmp_path / "README.md")])[0]) == 1
