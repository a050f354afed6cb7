"""What the map shows follows from what the sets said, whatever the order in which they said it."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.kinds import BUILT_IN
from loader.derive import Former, Said, derive
from loader.entries import MAIN, MENTION, Entry

IDS = ["a", "b", "c", "d"]
relation = st.fixed_dictionaries(
    {"kind": st.sampled_from(sorted(BUILT_IN)), "to": st.sampled_from(IDS), "name": st.sampled_from(["X", "Y", "b"])},
    optional={"note": st.sampled_from(["n1", "n2"]), "inverse": st.just(True)},
)
bodies = st.fixed_dictionaries(
    {"name": st.sampled_from(["A", "B"]), "definition": st.sampled_from(["one", "two"])},
    optional={
        "explanation": st.sampled_from(["e1", "e2"]),
        "aliases": st.lists(st.sampled_from(["A", "p", "q"]), max_size=2),
        "relations": st.lists(relation, max_size=3),
        "former": st.lists(st.sampled_from(["old1", "old2"]), max_size=1),
    },
)
saids = st.lists(
    st.tuples(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(IDS), st.sampled_from([MAIN, MENTION]), bodies),
    max_size=8,
    unique_by=lambda one: one[:2],
)
PRIORITY = {"s1": 100, "s2": 50, "s3": 100}


def said(set_id: str, term_id: str, body: dict[str, Any], role: str = MAIN, priority: int = 100) -> Said:
    return Said(set_id, priority, Entry(term_id, role, body))


@given(saids, st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[tuple[str, str, str, dict[str, Any]]], shuffler: random.Random) -> None:
    entries = [said(set_id, term_id, body, role, PRIORITY[set_id]) for set_id, term_id, role, body in rows]
    shuffled = list(entries)
    shuffler.shuffle(shuffled)
    assert derive(entries, BUILT_IN) == derive(shuffled, BUILT_IN)


def test_the_first_set_by_rank_gives_each_text() -> None:
    derived = derive(
        [
            said("z", "a", {"name": "Alpha", "definition": "mention"}, MENTION, 1),
            said("s2", "a", {"name": "Alpha", "definition": "second", "explanation": "long"}, MAIN, 200),
            said("s1", "a", {"name": "alpha", "definition": "first"}, MAIN, 100),
        ],
        BUILT_IN,
    )
    term = derived.terms["a"]
    assert (term["name"], term["definition"], term["explanation"]) == ("alpha", "first", "long")
    assert term["aliases"] == ["Alpha"]


def test_a_symmetric_relation_said_from_both_sides_is_one() -> None:
    derived = derive(
        [
            said("s1", "b", {"name": "B", "relations": [{"kind": "related", "to": "a", "name": "A", "note": "why"}]}),
            said("s2", "a", {"name": "A", "relations": [{"kind": "related", "to": "b", "name": "B"}]}),
        ],
        BUILT_IN,
    )
    assert derived.relations == {("a", "related", "b"): {"sets": ["s1", "s2"], "note": "why"}}


def test_an_inverse_is_the_same_relation_the_forward_way_round() -> None:
    derived = derive(
        [
            said("s1", "b", {"name": "B", "relations": [{"kind": "uses", "to": "a", "name": "A", "inverse": True}]}),
            said("s1", "a", {"name": "A", "relations": [{"kind": "uses", "to": "b", "name": "B"}]}),
        ],
        BUILT_IN,
    )
    assert list(derived.relations) == [("a", "uses", "b")]


def test_a_term_that_is_only_named_has_its_name_and_nothing_else() -> None:
    rows = [{"kind": "uses", "to": "big-thing", "name": name} for name in ("big-thing", "Big Thing")]
    derived = derive(
        [said("s1", "a", {"name": "A", "relations": rows[:1]}), said("s2", "b", {"name": "B", "relations": rows[1:]})],
        BUILT_IN,
    )
    assert derived.terms["big-thing"]["name"] == "Big Thing"
    assert derived.terms["big-thing"]["defined"] is False


def test_a_former_id_gives_way_to_a_term_of_that_id() -> None:
    derived = derive([said("s", "a", {"name": "A", "former": ["b", "old"]}), said("s", "b", {"name": "B"})], BUILT_IN)
    assert derived.former == {"b": Former(("a",), None), "old": Former(("a",), "a")}


def test_a_former_id_that_two_terms_claim_leads_to_the_one_that_ranks_first() -> None:
    both = [
        said("s", "a", {"name": "A", "former": ["old"]}),
        said("t", "c", {"name": "C", "former": ["old"]}, priority=1),
    ]
    assert derive(both, BUILT_IN).former == {"old": Former(("a", "c"), "c")}
