"""Importance and community are the same from run to run, whatever the order."""

import random

from loader.importance import rank_terms


def test_the_hub_of_a_star_is_the_most_important() -> None:
    ranks = rank_terms(["hub", *"abcdef"], [("hub", leaf) for leaf in "abcdef"])
    assert max(ranks, key=lambda key: ranks[key].importance) == "hub"
    assert len({ranks[leaf].importance for leaf in "abcdef"}) == 1


def test_two_cliques_are_two_communities() -> None:
    pairs = [(a, b) for group in ("abcd", "wxyz") for a in group for b in group if a < b] + [("a", "w")]
    ranks = rank_terms("abcdwxyz", pairs)
    assert ranks["a"].community == ranks["d"].community != ranks["w"].community == ranks["z"].community


def test_a_term_with_one_neighbour_is_in_its_community_and_two_alone_are_one() -> None:
    cliques = [(a, b) for group in ("abcd", "wxyz") for a in group for b in group if a < b]
    ranks = rank_terms("abcdwxyzlmpqs", [*cliques, ("a", "w"), ("l", "b"), ("z", "m"), ("q", "p")])
    of = {key: rank.community for key, rank in ranks.items()}
    assert (of["l"], of["m"], of["p"]) == (of["b"], of["z"], of["q"])
    assert [len({of[key] for key in group}) for group in ("abcdl", "wxyzm", "pq", "awps")] == [1, 1, 1, 4]
    star = rank_terms("hub", [("h", "u"), ("b", "h")])
    assert {rank.community for rank in star.values()} == {0}


def test_order_does_not_matter() -> None:
    ids = [f"t{number}" for number in range(200)]
    pairs = [(random.Random(number).choice(ids), ids[number % 200]) for number in range(600)]
    first = rank_terms(ids, pairs)
    assert first == rank_terms(list(reversed(ids)), [(b, a) for a, b in reversed(pairs)])


def test_no_terms_and_no_relations() -> None:
    assert rank_terms([], []) == {}
    assert rank_terms(["a", "b"], [("a", "a")])["b"].importance == 1.0
