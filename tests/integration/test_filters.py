"""Which sets the terms and relations of a map are from, on both engines."""

from explorer import queries
from graph.connection import Graph
from loader import run
from tests.integration.test_load import Write, load

GREEK = """
set: greek
terms:
  - {name: Alpha, definition: alpha, related: [Beta, {to: Gamma, kind: uses}, Unheard]}
  - {name: Beta, definition: beta}
  - {name: Gamma, definition: gamma}
"""
LATIN = """
set: latin
terms:
  - {name: Alpha, definition: another alpha, related: [Beta]}
  - {name: Delta, definition: delta, related: [Alpha, Unheard]}
"""


def test_a_map_tells_the_sets_of_its_terms_and_relations(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("greek.yaml", GREEK), write_file("latin.yaml", LATIN), allow_undefined=True)
    nodes, relations = queries.scene(graph, ["alpha", "beta", "gamma", "delta", "unheard"])
    assert {node.id: node.sets for node in nodes} == {
        "alpha": ("greek", "latin"),
        "beta": ("greek",),
        "gamma": ("greek",),
        "delta": ("latin",),
        "unheard": ("greek", "latin"),
    }
    assert {(one.source, one.kind, one.target): one.sets for one in relations} == {
        ("alpha", "related", "beta"): ("greek", "latin"),
        ("alpha", "related", "delta"): ("latin",),
        ("alpha", "related", "unheard"): ("greek",),
        ("alpha", "uses", "gamma"): ("greek",),
        ("delta", "related", "unheard"): ("latin",),
    }
    assert {node.id: node.degree for node in nodes} == {"alpha": 4, "beta": 1, "gamma": 1, "delta": 2, "unheard": 2}


def test_the_sets_that_tell_of_a_term_count_wherever_the_other_end_is(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("greek.yaml", GREEK), write_file("latin.yaml", LATIN), allow_undefined=True)
    (unheard,), relations = queries.scene(graph, ["unheard"])
    assert (unheard.sets, relations) == (("greek", "latin"), ())


def test_what_a_map_starts_with_is_known_without_a_look_at_all_terms(graph: Graph, write_file: Write) -> None:
    greek = GREEK.replace("definition: beta", "definition: beta, category: Letters")
    load(graph, write_file("greek.yaml", greek), write_file("latin.yaml", LATIN), allow_undefined=True)
    assert graph.read("explore/start")
    top, categories = queries._start(graph)
    looked = graph.read("explore/overview", limit=queries.OVERVIEW_SIZE)
    assert top == [(row["id"], row["importance"]) for row in looked]
    assert categories == tuple((row["category"], row["terms"]) for row in graph.read("explore/categories"))
    assert [term for term, _ in top][:1] == ["alpha"]
    assert categories == (("", 3), ("Letters", 1))
    run.unload(graph, "greek")
    assert dict(queries._start(graph)[0]).keys() == {"alpha", "delta"}
    run.unload(graph, "latin")
    assert queries._start(graph) == ([], ())


def test_a_map_that_has_grown_is_the_same_as_one_that_is_read_at_once(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("greek.yaml", GREEK), write_file("latin.yaml", LATIN), allow_undefined=True)
    ids = ["beta", "alpha", "delta", "gamma", "unheard"]
    whole = queries.scene(graph, ids)
    for first in range(len(ids) + 1):
        assert queries.scene(graph, ids, queries.scene(graph, ids[:first])) == whole
    assert queries.scene(graph, ids[:2], whole) == queries.scene(graph, ids[:2])
