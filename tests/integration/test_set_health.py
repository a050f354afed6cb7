"""The health of sets on both engines, number by number."""

from collections.abc import Callable
from dataclasses import replace

from explorer import queries
from explorer.set_health import Health
from explorer.set_health_read import read
from explorer.view import EVERY_SET
from graph.connection import Graph
from loader.report import Options
from loader.run import load

GREEK = """\
set: greek
definitions: optional
terms:
- {name: Alpha, definition: The first., category: Letters, aliases: [A, First], related: [Gamma, {to: Beta, kind: uses}]}
- {name: Beta, definition: The second., category: Letters, related: [{to: Gamma, kind: uses}]}
- {name: Gamma, category: Letters}
- {name: Delta, definition: A change., related: [Ghost]}
- {name: Epsilon, definition: Small.}
"""
OTHER = """\
set: other
terms:
- {name: Beta, definition: A version before the last., aliases: [B], related: [{to: Omega, kind: requires}, Gamma]}
- {name: Omega, definition: The end.}
"""


def behind(of: Health, part: str) -> set[str]:
    places = of.behind(part)
    assert places is not None
    return {of.ids[place] for place in places}


def loaded(graph: Graph, write_file: Callable[[str, str], str]) -> queries.Library:
    files = [write_file("greek.yaml", GREEK), write_file("other.yaml", OTHER)]
    assert not load(graph, files, replace(Options(), allow_undefined=True)).errors
    return queries.library(graph)


def test_a_set_is_counted_by_what_it_says_itself(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    of = read(graph, loaded(graph, write_file), "greek")
    assert (of.terms, of.relations, of.all_aliases) == (5, 4, 2)
    assert {one.name: one.number for one in of.of_kinds()} == {"related": 2, "uses": 2}
    assert {one.name: one.number for one in of.of_categories()} == {"Letters": 3, "": 2}
    assert {one.name: one.number for one in of.of_degrees()} == {"0": 1, "1": 1, "2": 3}
    assert [(one.size, one.number) for one in of.of_islands()] == [(3, 1), (2, 1)]
    assert behind(of, "unexplained") == {"gamma"}
    assert behind(of, "orphans") == {"epsilon"}
    assert behind(of, "referred") == {"ghost"}
    assert behind(of, "elsewhere") == set()
    assert behind(of, "differing") == {"beta"}
    assert behind(of, "islands:2") == {"delta", "ghost"}


def test_another_sets_terms_are_its_own_affair(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    of = read(graph, loaded(graph, write_file), "other")
    assert (of.terms, of.relations, of.all_aliases) == (2, 2, 1)
    assert behind(of, "elsewhere") == {"gamma"}
    assert behind(of, "kind:requires") == {"beta", "omega"}


def test_all_sets_are_counted_together(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    of = read(graph, loaded(graph, write_file), EVERY_SET)
    assert (of.terms, of.relations, of.all_aliases) == (6, 6, 3)
    assert behind(of, "referred") == {"ghost"}
    assert behind(of, "differing") == {"beta"}
    assert [(one.size, one.number) for one in of.of_islands()] == [(4, 1), (2, 1)]
    most, *_ = of.of_communities()
    assert most.size >= 2
    assert behind(of, f"community:{most.number}") >= set(most.first)


def test_an_empty_database_has_no_terms(graph: Graph) -> None:
    of = read(graph, queries.Library(), EVERY_SET)
    assert (of.terms, of.relations) == (0, 0)
