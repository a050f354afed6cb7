"""py2neo as a second, independent reader of what the loader wrote."""

from collections.abc import Callable
from pathlib import Path

from graph.connection import Graph
from graph.ogm import Term, TermSet, connect
from loader import run
from loader.report import Options

DATA = Path(__file__).parent.parent.parent / "data"


def test_py2neo_reads_what_the_loader_wrote(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    text = """
set: greek
title: Greek letters
terms:
  - {name: Alpha, definition: The first., aliases: [First], related: [{to: Beta, kind: uses, note: why}, Gamma]}
  - {name: Beta, definition: The second.}
  - {name: Gamma, definition: The third.}
"""
    run.load(graph, [write_file("greek.yaml", text)], Options())
    other = connect(graph)
    alpha, beta = Term.match(other, "alpha").first(), Term.match(other, "beta").first()
    assert (alpha.name, alpha.definition, list(alpha.aliases), alpha.defined) == (
        "Alpha",
        "The first.",
        ["First"],
        True,
    )
    assert {(one.label, one.term.name, one.note) for one in alpha.relations()} == {
        ("uses", "Beta", "why"),
        ("is related to", "Gamma", None),
    }
    assert [(one.label, one.term.name) for one in beta.relations()] == [("is used by", "Alpha")]
    assert [one.title for one in alpha.defined_by] == ["Greek letters"]
    assert {term.id for term in TermSet.match(other, "greek").first().terms} == {"alpha", "beta", "gamma"}


def test_py2neo_counts_what_the_report_says(graph: Graph) -> None:
    report = run.load(graph, [str(DATA)], Options())
    other = connect(graph)
    for one in report.sets:
        assert len(TermSet.match(other, one.plan.header.id).first().terms) == len(one.plan.added)
    shared = Term.match(other, "knowledge-graph").first()
    assert {one.id for one in shared.defined_by} == {"ai", "knowledge-graphs"}
    assert len(list(shared.relations())) >= 5
