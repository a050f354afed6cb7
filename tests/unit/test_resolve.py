"""Which term a relation means: names before aliases, the file before others, others before what is loaded."""

import re

from loader.entries import Entry
from loader.model import ResolvedSet
from loader.resolve import Named, Names, resolve_all
from loader.yaml_reader import read_yaml


def resolved(text: str, loaded: list[Named] | None = None, allow_undefined: bool = False) -> ResolvedSet:
    written, problems = read_yaml(text, "f.yaml", "f")
    assert written is not None
    assert problems == []
    sets, found = resolve_all([written], lambda: loaded or [], allow_undefined)
    assert [problem for problem in found if problem.is_error] == []
    return sets[0]


def targets(entry: Entry) -> list[str]:
    return [row["to"] for row in entry.body.get("relations", ())]


def test_a_name_wins_over_an_alias() -> None:
    names = Names.of([Named("b", "B", ("A",)), Named("a", "A")])
    assert names.find("A") == ["a"]


def test_upper_and_lower_case_differ_where_both_are_names() -> None:
    names = Names.of([Named("login", "LOGIN"), Named("login-2", "login")])
    assert names.find("LOGIN") == ["login"]
    assert names.find("login") == ["login-2"]
    assert len(names.find("Login")) == 2


def test_upper_and_lower_case_do_not_matter_where_only_one_is_meant() -> None:
    names = Names.of([Named("rag", "Retrieval-Augmented Generation", ("RAG",))])
    assert names.find("rag") == ["rag"]
    assert names.find("retrieval-augmented generation") == ["rag"]
    assert names.find("nothing") == []


def test_a_relation_finds_its_term_by_name_alias_and_id() -> None:
    one = resolved(
        "terms:\n"
        "- {name: Alpha, definition: a, related: [Beta, Second, g]}\n"
        "- {name: Beta, definition: b}\n"
        "- {name: Delta, aliases: [Second], definition: d}\n"
        "- {name: Gamma, id: g, definition: g}\n"
    )
    assert targets(one.entries["alpha"]) == ["beta", "delta", "g"]


def test_the_file_comes_before_the_loaded_sets() -> None:
    loaded = [Named("other-beta", "Beta"), Named("gamma", "Gamma")]
    one = resolved("terms:\n- {name: A, definition: a, related: [Beta, Gamma]}\n- {name: Beta, definition: b}", loaded)
    assert targets(one.entries["a"]) == ["beta", "gamma"]


def test_a_former_id_is_followed_where_nothing_else_has_that_name() -> None:
    loaded = [Named("furnace", "Furnace", (), ("kiln", "oven", "beta")), Named("oven", "Oven")]
    text = "terms:\n- {name: A, definition: a, related: [kiln, oven, beta, old]}\n- {name: Beta, definition: b}\n"
    one = resolved(text + "- {name: New, definition: n, formerly: [old]}", loaded)
    assert targets(one.entries["a"]) == ["furnace", "oven", "beta", "new"]


def test_an_inverse_kind_is_kept_as_written_from_the_other_side() -> None:
    one = resolved(
        "terms:\n- {name: A, definition: a, related: [{to: B, kind: used-by}]}\n- {name: B, definition: b}", []
    )
    assert one.entries["a"].body["relations"] == [{"kind": "uses", "to": "b", "name": "B", "inverse": True}]


def test_a_term_that_nobody_defines_may_be_allowed() -> None:
    assert targets(resolved("terms:\n- {name: A, definition: a, related: [New Thing]}", [], True).entries["a"]) == [
        "new-thing"
    ]


def test_a_term_that_nobody_defines_is_not_another_one() -> None:
    text = "terms:\n- {name: Foo, definition: f, related: ['Foo!', (c)]}\n- {name: C, definition: c}"
    to = targets(resolved(text, [], allow_undefined=True).entries["foo"])
    assert [re.sub("[0-9a-f]{6}$", "", one) for one in to] == ["foo-", "c-"]


def test_the_loaded_names_are_asked_for_only_when_the_files_know_no_answer() -> None:
    written, _ = read_yaml("terms:\n- {name: A, definition: a, related: [B]}\n- {name: B, definition: b}", "f", "f")
    assert written is not None
    asked: list[str] = []
    resolve_all([written], lambda: asked.append("asked") or [], False)  # type: ignore[func-returns-value]
    assert asked == []


def test_a_sets_checksum_does_not_depend_on_the_order_of_its_terms() -> None:
    first = resolved("terms:\n- {name: A, definition: a}\n- {name: B, definition: b}", [])
    second = resolved("terms:\n- {name: B, definition: b}\n- {name: A, definition: a}", [])
    third = resolved("terms:\n- {name: B, definition: b}\n- {name: A, definition: A}", [])
    assert first.checksum == second.checksum != third.checksum
