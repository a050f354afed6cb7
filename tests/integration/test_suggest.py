"""Missing links of the loaded graph, on both engines: the same as of the files that were loaded."""

from collections.abc import Callable
from dataclasses import replace

from graph.connection import Graph
from loader import corpus
from loader.report import Options
from loader.run import load
from loader.suggest import suggest

GREEK = """\
set: greek
language: en
terms:
- {name: Alpha, definition: Before the Betas., explanation: "A `Delta` and **Gamma**.", related: [Gamma]}
- {name: Beta, definition: b, aliases: [Second]}
- {name: Gamma, definition: g, related: [{to: Delta, kind: uses}]}
- {name: Delta, definition: Uses the second.}
"""
OTHER = "set: andere\nlanguage: de\nterms:\n- {name: Omega, definition: Nach Beta und Gammas.}\n- {name: Beta, definition: c}\n"


def test_the_graph_answers_as_its_files_do(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    files = [write_file("greek.yaml", GREEK), write_file("andere.yaml", OTHER)]
    assert not load(graph, files, Options()).errors
    loaded, (written, _) = corpus.of_graph(graph), corpus.of_files(files, None)
    assert written is not None
    assert sorted(loaded.texts, key=lambda text: text.id) == sorted(written.texts, key=lambda text: text.id)
    assert loaded.related == written.related
    found = suggest(loaded.texts, loaded.related)
    assert found == suggest(written.texts, written.related)
    pairs = [("alpha", "beta"), ("delta", "beta"), ("omega", "beta"), ("omega", "gamma")]
    assert sorted((row.id, row.to) for row in found.rows) == pairs


def test_an_undefined_term_is_not_looked_at(graph: Graph, write_file: Callable[[str, str], str]) -> None:
    text = "terms:\n- {name: A one, definition: The ghost., related: [B one]}\n- {name: B one, definition: x, related: [Ghost]}\n"
    load(graph, [write_file("s.yaml", text)], replace(Options(), allow_undefined=True))
    loaded = corpus.of_graph(graph)
    assert {text.id for text in loaded.texts} == {"a-one", "b-one"}
    assert suggest(loaded.texts, loaded.related).rows == ()
