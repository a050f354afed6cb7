"""Every check finds what it is for: a bad file each, at its place, and every code is explained."""

from pathlib import Path

import pytest

from docs import checks
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
    "conflicting-note": (2, 72),
    "shared-slug": (3, 5),
    "bad-former-id": (2, 62),
    "bad-kind": (2, 3),
    "repeated-definition": (3, 5),
    "circular-definition": (4, 5),
    "isolated-term": (4, 5),
    "cycle": (2, 49),
    "hidden-character": (2, 17),
    "yaml-alias": (3, 5),
    "empty-item": (4, 18),
}
NEEDS_MORE_THAN_A_FILE = {"duplicate-set", "no-page", "kind-symmetry", "homograph", "loaded-alias"}


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


def test_the_table_of_checks_is_the_codes() -> None:
    assert checks.PAGE.read_text(encoding="utf-8") == checks.page(), "run `python -m docs.checks`"


def test_two_files_cannot_be_one_set(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("set: s\nterms: [{name: A, definition: The first.}]", encoding="utf-8")
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


def found(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8")
    return [(problem.code, problem.position.line) for problem in check_files([str(path)])[1]]


def test_an_article_is_a_first_word_and_not_what_stands_before_a_sign(tmp_path: Path) -> None:
    search = "- {name: Search, definition: The search., related: [A* search]}"
    text = f"set: s\nterms:\n{search}\n- {{name: A* search, definition: A search.}}"
    assert found(tmp_path, text) == [("circular-definition", 3)]


def test_two_definitions_that_only_point_at_each_other_are_circular(tmp_path: Path) -> None:
    text = """terms:
- {name: Alpha, definition: See Beta., related: [Beta]}
- {name: Beta, definition: "Another word for *Alpha*"}
- {name: Gamma, definition: See Alpha., related: [Beta]}
"""
    assert found(tmp_path, text) == [("circular-definition", 2), ("circular-definition", 3)]


def test_a_set_without_any_relation_is_told_once(tmp_path: Path) -> None:
    text = "terms:\n" + "".join(f"- {{name: T{number}, definition: d{number}}}\n" for number in range(50))
    assert found(tmp_path, text) == [("isolated-term", 1)]


def test_broader_both_ways_is_a_circle(tmp_path: Path) -> None:
    text = """terms:
- {name: Alpha, definition: d, related: [{to: Beta, kind: broader}]}
- {name: Beta, definition: e, related: [{to: Alpha, kind: broader}, {to: Gamma, kind: narrower}]}
- {name: Gamma, definition: f}
"""
    assert found(tmp_path, text) == [("cycle", 2)]


def test_what_looks_like_null_is_a_text_where_a_text_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(
        "version: null\nterms:\n- {name: Null, definition: d, explanation: ~, aliases: [NULL, ~], related: [null x]}\n"
        "- {name: null x, definition: e}",
        encoding="utf-8",
    )
    sets, problems = check_files([str(path)])
    assert problems == []
    term = sets[0].terms[0]
    assert (sets[0].header.version, term.name, term.explanation) == ("", "Null", "")
    assert [alias.text for alias in term.aliases] == ["NULL", "~"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("priority: 99999999999999999999", "wrong-type"),
        ("priority: 1.5", "wrong-type"),
        ("kinds: {k: {label: l, inverse: i, symmetric: maybe}}", "wrong-type"),
        ("kinds: {k: {label: l, inverse: i}, k: {label: l, inverse: i}}", "duplicate-key"),
        ("kinds: {k: {label: l, inverse: i, inverse-kind: m}, n: {label: l, inverse: i, inverse-kind: m}}", "bad-kind"),
    ],
)
def test_a_header_is_read_strictly(tmp_path: Path, text: str, code: str) -> None:
    assert found(tmp_path, f"{text}\nterms: [{{name: A, definition: d}}]") == [(code, 1)]


def test_a_list_that_holds_itself_is_told(tmp_path: Path) -> None:
    assert found(tmp_path, "terms: &a\n- {name: A, definition: d}\n- *a\n") == [("yaml-alias", 1)]


def test_a_few_aliases_of_yaml_are_fine(tmp_path: Path) -> None:
    text = "terms:\n- {name: A, definition: &d Same words., related: [B]}\n- {name: B, definition: *d}"
    assert found(tmp_path, text) == [("repeated-definition", 3)]
