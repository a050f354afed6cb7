"""The page on formats tells all that there is, and its examples are well."""

import re
from pathlib import Path

import pytest

from loader.checking import check_files
from loader.csv_columns import KEYS, SYNONYMS
from loader.formats import ENDINGS, Format
from loader.readers import READERS

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = {"json": "jsonl", "csv": "csv", "turtle": "ttl", "yaml": "yaml"}


def test_every_format_has_a_reader_and_a_row_with_its_endings() -> None:
    assert set(READERS) == set(Format)
    for format_ in Format:
        endings = ", ".join(f"`{ending}`" for ending, one in ENDINGS.items() if one is format_)
        assert f"| `{format_}` | {endings} |" in PAGE


def test_every_column_is_told() -> None:
    for key, words in SYNONYMS.items():
        assert f"| `{key}` | {words} |" in PAGE
    assert all(f"`{key}`" in PAGE for key in KEYS)


@pytest.mark.parametrize("text", [PAGE, README], ids=["formats.md", "README.md"])
def test_the_examples_are_well(text: str, tmp_path: Path) -> None:
    found = re.findall(r"^```(json|csv|turtle|yaml)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert len(found) >= 2
    for number, (fence, example) in enumerate(found):
        path = tmp_path / f"example{number}.{FENCES[fence]}"
        path.write_text(example, encoding="utf-8")
        assert [str(one) for one in check_files([str(path)])[1] if one.code != "left-out"] == []


def test_the_first_set_of_the_guide_is_well(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "term-sets.md").read_text(encoding="utf-8")
    example = re.search(r"^```yaml\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    assert example is not None
    (tmp_path / "pottery.yaml").write_text(example[1], encoding="utf-8")
    assert check_files([str(tmp_path)])[1] == []


def test_a_folder_may_hold_every_format(tmp_path: Path) -> None:
    for fence, example in re.findall(r"^```(json|csv|turtle)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        (tmp_path / f"{fence}.{FENCES[fence]}").write_text(example, encoding="utf-8")
    (tmp_path / "page.txt").write_text(
        "Foundation Model\nA page on it.\n\nRelated Terms\n\nPrompting\nAsking a model.\n", encoding="utf-8"
    )
    (tmp_path / "yaml.yml").write_text(
        "terms: [{name: A, definition: The first., related: [Dog, RAG, Fine-Tuning]}]", encoding="utf-8"
    )
    sets, problems = check_files([str(tmp_path)])
    assert [one.code for one in problems] == ["left-out"]
    assert sorted(one.header.id for one in sets) == ["csv", "my-terms", "page", "turtle", "yaml"]
