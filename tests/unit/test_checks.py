"""Every check finds what it is for: a bad file each, at its place, and every code is explained."""

from pathlib import Path

import pytest

from loader.checking import check_files
from loader.checks import codes, explain

BAD = Path(__file__).parent.parent / "data" / "bad"
PLACES = {
    "missing-name": (2, 5),
    "missing-definition": (2, 5),
    "overlong-name": (2, 5),
    "bad-id": (2, 5),
    "duplicate-id": (3, 5),
    "duplicate-name": (3, 5),
    "shared-alias": (3, 28),
    "unknown-kind": (2, 49),
    "redeclared-kind": (2, 3),
    "no-terms": (1, 1),
    "unreadable": (2, 12),
    "syntax": (2, 16),
    "unknown-key": (2, 34),
    "duplicate-key": (4, 5),
    "wrong-type": (3, 17),
    "missing-key": (2, 44),
    "unknown-term": (2, 44),
    "ambiguous-alias": (4, 53),
    "self-relation": (2, 58),
    "repeated-relation": (2, 50),
    "guessed-encoding": (2, 2),
    "bad-header": (1, 1),
    "unknown-column": (1, 17),
    "extra-field": (2, 12),
    "unsafe-reference": (2, 3),
    "other-language": (4, 1),
    "left-out": (1, 1),
}
NEEDS_MORE_THAN_A_FILE = {"duplicate-set", "kind-symmetry"}


def test_every_code_has_a_bad_file() -> None:
    assert set(PLACES) | NEEDS_MORE_THAN_A_FILE == set(codes())
    assert {path.stem for path in BAD.iterdir()} == set(PLACES)


@pytest.mark.parametrize("code", sorted(PLACES))
def test_a_bad_file_is_found_at_its_place(code: str) -> None:
    (path,) = BAD.glob(f"{code}.*")
    _, problems = check_files([str(path)])
    found = [problem for problem in problems if problem.code == code]
    assert [(one.position.line, one.position.column) for one in found] == [PLACES[code]]
    assert str(found[0]).startswith(f"{path}:{PLACES[code][0]}:{PLACES[code][1]}: {code} ")


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_is_explained(code: str) -> None:
    text = explain(code)
    assert text
    assert text.endswith(".") or ":" in text


def test_two_files_cannot_be_one_set(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("set: s\nterms: [{name: A, definition: a}]", encoding="utf-8")
    _, problems = check_files([str(tmp_path)])
    assert [problem.code for problem in problems] == ["duplicate-set"]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(
        "terms:\n"
        "  - {name: Foundation Model, definition: a, related: [Fondation Model, {to: Foundation Model, kind: wat}]}\n"
        "  - {nam: Y}\n",
        encoding="utf-8",
    )
    _, problems = check_files([str(path)])
    assert {problem.code for problem in problems} == {
        "unknown-term",
        "unknown-kind",
        "self-relation",
        "unknown-key",
        "missing-name",
    }
    assert "did you mean “Foundation Model”?" in next(p.message for p in problems if p.code == "unknown-term")


def test_the_sets_that_ship_have_no_problem() -> None:
    sets, problems = check_files([str(Path(__file__).parent.parent.parent / "data")])
    assert problems == []
    assert {one.header.id for one in sets} == {"ai", "knowledge-graphs"}
