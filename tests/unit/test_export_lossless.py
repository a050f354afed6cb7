"""What is exported as YAML or JSON Lines is read again as exactly the same entries."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.kinds import BUILT_IN, Kind, inverses
from loader.checks import check
from loader.entries import MAIN, MENTION
from loader.export.jsonl_writer import write_jsonl
from loader.export.model import Exported, Text
from loader.export.yaml_writer import write_yaml
from loader.jsonl_reader import read_jsonl
from loader.model import (
    Header,
    Position,
    ResolvedSet,
    WrittenRelation,
    WrittenSet,
    WrittenTerm,
    WrittenText,
    one_line,
    tidy,
)
from loader.resolve import Named, Names, resolve_all
from loader.slug import is_id
from loader.yaml_reader import MOST_PRIORITY, read_yaml

AT = Position("f")
Writer = Callable[[Exported], Text]
Reader = Callable[[str, str, str], tuple[WrittenSet | None, list[object]]]
BOTH = pytest.mark.parametrize(
    ("write", "read"), [(write_yaml, read_yaml), (write_jsonl, read_jsonl)], ids=["yaml", "jsonl"]
)
ODD = [
    "No", "null", "~", "404", "1.10", "0x1F", "true", "on", "=", "<<", "2026-01-01", "1e3", "- a", "a: b", "a #b", "#a",
    "C", "C++", "C#", "(c)", ".login", "login", "LOGIN", "Zürich", "量子", "עברית", "हिन्दी", "🧠 brain", "'", '"', "''a'",
    'say "x"', "{a}", "[a]", "a, b", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "? a", "a\\b", "x" * 200, "–", "a;b",
]  # fmt: skip
LONG = [
    "One.\n\nTwo.", "a  \nb", "a\n  b\n\n\n\tc", "- x\n- y\n\n    code\n", "# H\n\n---\n\n...\n", "a\n b\n", "word " * 60,
    "a\rb", "a\x85b\u2028c\u2029d", "a\ufeffb", "\x7f\x01", "tab\there", "%YAML\n", "a:\n  b: c #d", "  a\n b", "> q\n\n| t |",
]  # fmt: skip
LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
names = (st.sampled_from(ODD) | st.text(LETTERS, max_size=12)).map(one_line).filter(bool)
texts = (st.sampled_from(LONG + ODD) | st.text(LETTERS | st.sampled_from(" \n:#-'\""), max_size=60)).map(tidy)
ids = (
    (st.sampled_from(["404", "no", "null", "7", "~", "-", "a:b"]) | st.text(LETTERS, max_size=8))
    .map(tidy)
    .filter(is_id)
)
KINDS = (
    Kind("regulates", "regulates", "is regulated by", "regulated-by"),
    Kind("no", "No", "null: no", ""),
    Kind("near", "is near", "is near", "", symmetric=True),
    Kind("beside", "stands beside", "has beside it", "beside-of", symmetric=True),
)
WORDS = [word for kinds in (BUILT_IN, {kind.id: kind for kind in KINDS}) for word in (*kinds, *inverses(kinds))]


@st.composite
def term_sets(draw: st.DrawFn) -> ResolvedSet:
    chosen = draw(st.lists(names, min_size=1, max_size=6, unique=True))
    related = st.builds(
        WrittenRelation, st.sampled_from([*chosen, "Elsewhere"]), st.sampled_from(WORDS), texts, st.just(AT)
    )
    words = st.lists(names.map(lambda text: WrittenText(text, AT)), max_size=3).map(tuple)
    terms = [
        WrittenTerm(
            name=name,
            definition=draw(texts),
            position=AT,
            id=draw(st.sampled_from(["", "", f"id-{number}"]) | ids),
            explanation=draw(texts),
            category=draw(st.just("") | names),
            aliases=draw(words),
            relations=tuple(draw(st.lists(related, max_size=3))),
            formerly=draw(words),
            role=draw(st.sampled_from([MAIN, MENTION])),
        )
        for number, name in enumerate(chosen)
    ]
    header = draw(
        st.builds(
            Header,
            ids,
            texts.filter(bool),
            st.sampled_from(["1", "1.0"]) | texts,
            st.sampled_from(["en", "no"]) | texts,
            st.sampled_from([100, 0]) | st.integers(-MOST_PRIORITY, MOST_PRIORITY),
            texts,
            texts,
            st.just(KINDS),
        )
    )
    written = WrittenSet(header, tuple(terms), AT)
    (resolved,), _ = resolve_all([written], lambda: ELSEWHERE, False)
    assume(len(resolved.entries) == len(terms))
    return resolved


ELSEWHERE = [Named("else", "Elsewhere", ("Yonder",))]


def again(text: str, read: Reader) -> ResolvedSet:
    """The set as it is when the file is loaded."""
    written, problems = read(text, "f", "f")
    assert problems == [], problems
    assert written is not None
    assert not [one for one in check(written) if one.is_error and one.code not in ("bad-former-id", "overlong-name")]
    (resolved,), problems = resolve_all([written], lambda: ELSEWHERE, False)
    assert not [one for one in problems if one.is_error]
    return resolved


@BOTH
@settings(max_examples=settings.default.max_examples * 3 // 2, deadline=None)
@given(one=term_sets())
def test_an_exported_set_is_read_as_the_same(one: ResolvedSet, write: Writer, read: Reader) -> None:
    text = write(Exported((one,), lambda: Names.of(ELSEWHERE))).text
    back = again(text, read)
    assert {key: (entry.role, entry.body) for key, entry in back.entries.items()} == {
        key: (entry.role, entry.body) for key, entry in one.entries.items()
    }
    assert back.checksum == one.checksum


def test_words_that_are_not_known_have_a_place() -> None:
    text = "definitions: maybe\nterms:\n- {name: A, definition: a, role: main}\n- {name: B, role: extra}\n"
    written, problems = read_yaml(text, "f", "f")
    assert [(one.code, one.position.line, one.message) for one in problems] == [
        ("wrong-type", 4, "`role` is main or mention, not 'extra'."),
        ("wrong-type", 1, "`definitions` is required or optional, not 'maybe'."),
    ]
    assert written is not None
    assert not written.lenient
