"""JSON Lines to sets: exact in what JSON allows, every problem at its line and column, nothing that explodes."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from loader import json_terms
from loader.checking import check_files
from loader.json_nodes import compose_json
from loader.json_terms import Line, OddLineError, plain_term
from loader.jsonl_reader import read_jsonl
from loader.model import Header, WrittenTerm
from loader.yaml_reader import Reading, term_of

GOOD = """\
{"set": "s", "title": "T", "priority": 5, "kinds": {"regulates": {"label": "r", "inverse": "i"}}}

{"name": "A", "definition": "a", "aliases": ["AA"], "related": ["B", {"to": "C", "kind": "uses", "note": "n"}]}
{"name": "B", "definition": "b", "id": "bee", "formerly": ["be"], "category": null}
{"name": "C", "definition": "c\\nd", "explanation": "One.\\n\\nTwo."}
"""
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=10,
)


@pytest.fixture(scope="module", autouse=True, params=[json_terms.MOST_KEPT, 0], ids=["kept", "anew"])
def most_kept(request: pytest.FixtureRequest) -> Iterator[None]:
    """Terms are the same, kept as they were read or read from their lines each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_terms, "MOST_KEPT", request.param)
        yield


def places(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of every problem."""
    return [(one.code, one.position.line, one.position.column) for one in read_jsonl(text, "f.jsonl", "f")[1]]


def test_a_header_and_a_term_a_line() -> None:
    written, problems = read_jsonl(GOOD, "f.jsonl", "f")
    assert problems == []
    assert written is not None
    assert (written.header.id, written.header.title, written.header.priority) == ("s", "T", 5)
    assert written.header.kinds[0].inverse_label == "i"
    first, second, third = written.terms
    assert (first.name, first.definition, first.aliases[0].text, first.position.line) == ("A", "a", "AA", 3)
    assert [(one.to, one.kind, one.note) for one in first.relations] == [("B", "related", ""), ("C", "uses", "n")]
    assert (second.id, second.formerly[0].text, second.category) == ("bee", "be", "")
    assert (third.definition, third.explanation) == ("c\nd", "One.\n\nTwo.")
    assert str(first.aliases[0].position.exact()) == "f.jsonl:3:46"


def test_the_header_may_be_absent() -> None:
    written, problems = read_jsonl('{"name": "A", "definition": "a"}', "f.jsonl", "My Set")
    assert problems == []
    assert written is not None
    assert (written.header, len(written.terms)) == (Header(id="my-set", title="My Set"), 1)


def test_plain_values_stay_the_text_that_was_written() -> None:
    written, problems = read_jsonl('{"name": 1.10, "definition": 12345678901234567890123, "id": true}', "f", "f")
    assert problems == []
    assert written is not None
    assert [(one.name, one.definition, one.id) for one in written.terms] == [
        ("1.10", "12345678901234567890123", "true")
    ]


def test_line_ends_of_other_kinds_part_nothing() -> None:
    written, problems = read_jsonl('{"name": "A",\t"definition": "a\u2028b\x85c"}\r\n', "f", "f")
    assert problems == []
    assert written is not None
    assert written.terms[0].definition == "a\u2028b\x85c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("syntax", 1, 1)]),
        ("\n \n", [("syntax", 1, 1)]),
        ('\n{"set": "s"}\n', [("no-terms", 2, 1)]),
        ('{"name": "A", "definition": "a"}\n{"name": "B" "x"}', [("syntax", 2, 14)]),
        ('{"name": "A", "definition": "a",}', [("syntax", 1, 33)]),
        ('{"name": "A", "name": "B", "definition": "a"}', [("duplicate-key", 1, 15)]),
        ('{"name": "A", "nam": "B", "definition": "a"}', [("unknown-key", 1, 15)]),
        ('{"set": "s", "terms": []}\n{"name": "A", "definition": "a"}', [("unknown-key", 1, 14)]),
        ('{"name": "A", "definition": ["a"]}', [("wrong-type", 1, 29)]),
        ('{"name": "A", "definition": "a", "aliases": "b"}', [("wrong-type", 1, 45)]),
        ('{"name": "A", "definition": "a", "related": [{"kind": "uses"}]}', [("missing-key", 1, 46)]),
        ('["A"]', [("wrong-type", 1, 1)]),
        ('{"set": "s", "priority": "high"}\n{"name": "A", "definition": "a"}', [("wrong-type", 1, 26)]),
        ('{"name": "A\0", "definition": "a"}', [("syntax", 1, 12)]),
        ('{"name": "A\\u0000", "definition": "a"}', [("syntax", 1, 10)]),
        ('{"name": "\\ud83d", "definition": "a"}', [("syntax", 1, 10)]),
        ('{"name": NaN}', [("syntax", 1, 10)]),
        ("{'name': 'A'}", [("syntax", 1, 2)]),
        ('\ufeff{"name": "A"}', [("syntax", 1, 1)]),
        ("[" * 100_000, [("syntax", 1, 42)]),
        ('{"name": ' + '{"a":' * 100_000, [("syntax", 1, 10 + 40 * 5)]),
    ],
)
def test_a_problem_has_its_line_and_column(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(text) == expected


def test_a_broken_line_does_not_hide_the_next() -> None:
    written, problems = read_jsonl('{"name": "A", "definition": "a"}\n{\n{"name": "B", "definition": "b"}\n', "f", "f")
    assert written is not None
    assert ([one.name for one in written.terms], len(problems)) == (["A", "B"], 1)


def test_a_file_of_another_kind_is_not_read_to_its_end() -> None:
    text = json.dumps([{"name": f"T{number}"} for number in range(1000)], indent=1)
    assert len(read_jsonl(text, "f", "f")[1]) == 11


def test_a_list_is_told_how_to_write_one_in_json() -> None:
    _, problems = read_jsonl('{"name": "A", "definition": "a", "aliases": {"b": 1}}', "f", "f")
    assert problems[0].message == '`aliases` is a list, not a mapping: write it in brackets, such as ["one", "two"].'


def test_a_huge_text_is_read_as_it_is() -> None:
    written, problems = read_jsonl(json.dumps({"name": "A", "definition": "x" * 5_000_000}), "f", "f")
    assert problems == []
    assert written is not None
    assert len(written.terms[0].definition) == 5_000_000


def test_files_of_this_kind_are_known_by_their_ending(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.NDJSON"):
        (tmp_path / name).write_bytes(b'\xef\xbb\xbf{"name": "A", "definition": "The first."}\n')
    sets, problems = check_files([str(tmp_path)])
    assert problems == []
    assert [one.header.id for one in sets] == ["a", "b"]


def plain(node: yaml.Node) -> object:
    """The node as the JSON value that it was, numbers and words by their text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return [plain(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def as_text(value: object) -> object:
    """What `plain` gives for a value that json.loads gave."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return value or "" if isinstance(value, str | None) else json.dumps(value)


@settings(max_examples=50, deadline=None)
@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
@example({"a/b": '\x7f"\\/😀'}, None, True)
def test_every_json_value_is_composed_exactly(value: object, indent: int | str | None, escaped: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    assert plain(compose_json(text, "f")) == as_text(value)


@settings(max_examples=50, deadline=None)
@given(VALUES, st.data())
def test_what_json_refuses_is_refused_and_nothing_else(value: object, data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=False)
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.sampled_from(["", ",", "]", "}", '"', "\\", "x", "-", "0", "\n"])) + text[at + 1 :]
    assume("\\u0000" not in text)  # which no database keeps
    ours = outcome(lambda: plain(compose_json(text, "f")))
    assert ours == outcome(lambda: as_text(json.loads(text, parse_float=str, parse_int=str)))


def outcome(parse: Callable[[], object]) -> object:
    """What the parser gave, or that it refused."""
    try:
        return parse()
    except json.JSONDecodeError:
        return "refused"


NAMES = st.text(st.sampled_from('ab "\\:{é\u0301\u200b\t'), max_size=6)
RELATION = NAMES | st.fixed_dictionaries({"to": NAMES}, optional={"kind": NAMES, "note": NAMES})
TERM = st.fixed_dictionaries(
    {"name": NAMES, "definition": NAMES},
    optional={
        "id": NAMES,
        "category": NAMES,
        "role": st.sampled_from(["main", "mention", " main", "other"]),
        "aliases": st.lists(NAMES, max_size=3) | st.none(),
        "formerly": st.lists(NAMES, max_size=2),
        "related": st.lists(RELATION, max_size=3) | st.just("a"),
    },
)


@settings(max_examples=200, deadline=None)
@given(TERM, st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" , ", " :")]))
def test_a_plain_line_gives_what_a_close_look_gives(value: object, escaped: bool, separators: tuple[str, str]) -> None:
    raw = (" " + json.dumps(value, ensure_ascii=escaped, separators=separators)).encode()
    reading = Reading("f")
    close = term_of(reading, compose_json(raw.decode(), "f", 3))
    try:
        quick = plain_term(Line("f", 3, raw))
    except OddLineError:
        return
    assert reading.problems == []
    assert close is not None
    assert exact(quick) == exact(close)


def test_a_key_with_an_escaped_letter_is_read_and_its_item_has_its_place() -> None:
    header, line = '{"set": "s"}', r'{"name": "A", "definition": "d", "rel\u0061ted": ["Nope"]}'
    written, problems = read_jsonl(f"{header}\n{line}\n", "f", "s")
    assert written is not None
    assert problems == []
    (relation,) = written.terms[0].relations
    assert relation.position.exact() == ("f", 2, line.index('"Nope"') + 1)


def test_a_text_that_looks_like_a_key_does_not_hide_a_key_apart_from_its_colon() -> None:
    with pytest.raises(OddLineError):
        plain_term(Line("f", 1, b'{"name":"A","definition":"\\":","aliases" :["B"]}'))


def exact(term: WrittenTerm) -> object:
    """The term with all places as they are."""
    lists = (term.aliases, term.relations, term.formerly)
    return term._replace(
        **{
            name: tuple(one._replace(position=one.position.exact()) for one in items)
            for name, items in zip(("aliases", "relations", "formerly"), lists, strict=True)
        }
    )


def test_a_usual_line_needs_no_close_look() -> None:
    lines = [line.encode() for line in GOOD.splitlines() if line.startswith('{"name"') and "null" not in line]
    assert [plain_term(Line("f", 1, line)).name for line in lines] == ["A", "C"]
