"""Ids from names: real glossaries hold C, C++, C#, (c) and .login side by side."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.slug import assign, is_id, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Foundation Model", "foundation-model"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("F*", "f-star"),
        (".login", "dot-login"),
        (".NET", "dot-net"),
        ("LOGIN", "login"),
        ("Node.js", "node-js"),
        ("TCP/IP", "tcp-ip"),
        ("/etc", "slash-etc"),
        ("R&D", "r-and-d"),
        ("日本語", "日本語"),
        ("naïve Bayes", "naïve-bayes"),
        ("()", "left-parenthesis-right-parenthesis"),
        ("½", "½"),
        ("  spaced   out ", "spaced-out"),
    ],
)
def test_a_name_spells_its_id(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text("aZ9 -_é", min_size=1, max_size=12).filter(str.strip))
def test_the_quick_way_for_plain_names_spells_as_the_other_does(name: str) -> None:
    assert slug(name.strip()) == slug(f" {name}")  # no name is plain that begins with a space


def test_names_that_meet_in_one_slug_keep_apart() -> None:
    ids = assign(["C", "(c)", "C++", "C#"])
    assert ids["C"] == "c"
    assert ids["(c)"].startswith("c-")
    assert len(set(ids.values())) == 4


def test_the_name_that_is_its_slug_letter_by_letter_keeps_it() -> None:
    ids = assign(["LOGIN", "login", "Login"])
    assert ids["login"] == "login"
    assert len(set(ids.values())) == 3


def test_an_id_that_the_author_gave_is_not_taken_by_a_slug() -> None:
    assert assign(["Python"], taken=frozenset({"python"}))["Python"] != "python"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(names: list[str], shuffler: random.Random) -> None:
    names = [name for name in names if name.strip()]
    shuffled = list(names)
    shuffler.shuffle(shuffled)
    ids = assign(names)
    assert ids == assign(shuffled)
    assert len(set(ids.values())) == len(set(names))


@given(st.text(min_size=1, max_size=400).filter(lambda text: text.strip()))
def test_every_slug_can_stand_in_a_link(name: str) -> None:
    assert is_id(slug(name))
