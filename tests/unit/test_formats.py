"""The page on formats tells all that there is, and its examples are well."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from loader.checking import check_files
from loader.csv_columns import KEYS, SYNONYMS
from loader.formats import ENDINGS, NO_HINTS, Format
from loader.sources import READERS, Source

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


PIECES = [
    *"\"'<>[]{}()@;,.:|&\\#\n\r\t\0\u2028é",
    '"@context"',
    '"@id"',
    '"@list"',
    "@prefix",
    "null",
    "\\ud800",
    "<!--",
]
SKOS = re.findall(r"^```turtle\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[0]
SEEDS = {
    Format.YAML: "terms:\n- {name: A, definition: a, related: [B]}\n",
    Format.PAGE: "A\na\n\nRelated Terms\n\nB\nb\n",
    Format.JSONL: '{"set": "s"}\n{"name": "A", "definition": "a", "related": ["B", {"to": "C"}]}\n',
    Format.CSV: 'name,definition,aliases,uses\nA,"a ""x""",b;c,B\nB,b,,\n',
    Format.TURTLE: SKOS,
    **{
        format_: Graph().parse(data=SKOS, format="turtle").serialize(format=syntax)
        for format_, syntax in ((Format.RDFXML, "xml"), (Format.JSONLD, "json-ld"), (Format.NTRIPLES, "nt"))
    },
}


@pytest.mark.parametrize("format_", list(Format))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_text_makes_a_reader_stumble(format_: Format, data: st.DataObject) -> None:
    text = SEEDS[format_]
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.sampled_from([0, 1, 10]))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    written, problems = READERS[format_](Source("f", "f", text, format_), NO_HINTS)
    assert written is not None or any(problem.is_error for problem in problems)
    for problem in problems:
        assert str(problem).encode()
        assert 1 <= problem.position.line <= len(text.splitlines()) + 1
        assert problem.position.column >= 1
