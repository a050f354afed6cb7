"""Out of the graph and back, on both engines: what was loaded is what is exported, and loads as the same graph."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli.mapfile import write_graphml, write_table
from cli.page import write_page
from explorer.app import create_app
from graph.connection import Graph
from loader.export.job import export
from loader.export.model import ExportError
from loader.export.request import ExportFormat, Request
from tests.conftest import wipe
from tests.integration.snapshot import snapshot
from tests.integration.test_commands import Run, run  # noqa: F401
from tests.integration.test_load import DATA, PAGE, A, B, C, Write, load

# C's words for what A and B say in another way, a name that only a hash tells from another, and words of YAML.
ODD = """
set: "404"
title: "No: null"
priority: -5
kinds: {near: {label: is near, symmetric: true}, "no": {label: "No", inverse: "null", inverse-kind: "on"}}
terms:
  - {name: "No", definition: "404", aliases: ["null", "~", C++], related: [{to: login, kind: "on"}, {to: LOGIN, kind: near}]}
  - {name: login, definition: "a: b #c", explanation: "One  \\n\\n\\n  two\\n\\ttabs\\u2028odd", formerly: ["off"]}
  - {name: LOGIN, definition: "'", related: ["No", {to: Beta, kind: contrasts-with, note: "multi\\n\\nline"}]}
  - {name: Twin, id: twin-1, definition: one}
  - {name: Twin, id: twin-2, definition: two, related: [twin-1], role: mention}
"""
VOCABULARY = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/animals/> .
ex:Dog a skos:Concept ; skos:prefLabel "Dog"@en ; skos:broader ex:Animal .
ex:Animal a skos:Concept ; skos:prefLabel "Animal"@en ; skos:scopeNote "People are not meant."@en .
"""


@pytest.fixture
def loaded(graph: Graph, write_file: Write) -> Graph:
    """Every way in which a set may be written, in one graph."""
    for name, text in (("a.yaml", A), ("b.yaml", B), ("c.yaml", C), ("page.txt", PAGE), ("odd.yaml", ODD)):
        load(graph, write_file(name, text), allow_undefined=True)
    load(graph, write_file("animals.ttl", VOCABULARY))
    load(graph, str(DATA))
    return graph


@pytest.mark.parametrize("format_", [ExportFormat.YAML, ExportFormat.JSONL])
def test_an_export_loads_as_the_same_graph(loaded: Graph, tmp_path: Path, format_: ExportFormat) -> None:
    before = snapshot(loaded)
    told = export(loaded, Request(format=format_, output=tmp_path / "out", to_folder=True))
    assert len(told) == len(before["sets"]) == 8
    wipe(loaded)
    load(loaded, str(tmp_path / "out"), allow_undefined=True)
    assert snapshot(loaded) == before
    again = load(loaded, str(tmp_path / "out"), allow_undefined=True)
    assert all(one.plan.is_empty for one in again.sets)


@pytest.mark.parametrize("format_", list(ExportFormat))
def test_a_neighbourhood_is_a_set(loaded: Graph, tmp_path: Path, format_: ExportFormat) -> None:
    path = tmp_path / {"skos": "n.ttl"}.get(format_, f"n.{format_}")
    near = within_two_hops(snapshot(loaded), "retrieval-augmented-generation")
    wish = Request(term="Retrieval-Augmented Generation", depth=2, format=format_, output=path)
    export(loaded, wish, more={ExportFormat.HTML: lambda exported, _: write_page(exported)})
    if format_ is ExportFormat.HTML:
        (data,) = re.findall(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
        assert {row[0] for row in json.loads(data)["terms"]} == near
        return
    if format_ is ExportFormat.GRAPHML:
        assert set(re.findall('<node id="([^"]+)"', path.read_text(encoding="utf-8"))) == near
        return
    (made,) = load(loaded, str(path)).sets
    assert set(made.plan.entries) == near
    if format_ in (ExportFormat.YAML, ExportFormat.JSONL):
        assert made.plan.header.id == "neighbourhood-of-retrieval-augmented-generation"


def test_what_the_page_saves_as_a_table_is_what_its_map_shows(loaded: Graph, tmp_path: Path) -> None:
    app = create_app(loaded, loaded.settings, writers={"csv": write_table, "graphml": write_graphml})
    recipe = "focus=retrieval-augmented-generation&depth=2&without=embeddings"
    client = app.server.test_client()
    near = within_two_hops(snapshot(loaded), "retrieval-augmented-generation") - {"embeddings"}
    text = client.get(f"/_export?format=graphml&{recipe}").text
    assert set(re.findall('<node id="([^"]+)"', text)) == near
    assert set(re.findall('<data key="sets">([^<]+)<', text)) >= {"ai"}
    path = tmp_path / "saved.csv"
    path.write_text(client.get(f"/_export?format=csv&{recipe}").text, encoding="utf-8")
    (made,) = load(loaded, str(path)).sets
    assert set(made.plan.entries) == near


def within_two_hops(found: dict[str, Any], centre: str) -> set[str]:
    """The defined terms that the snapshot's relations lead to."""
    reached = {centre}
    for _ in range(2):
        ends = [(start, end) for start, _, end in found["relations"] if start in reached or end in reached]
        reached |= {one for pair in ends for one in pair}
    return {one for one in reached if found["terms"][one]["defined"]}


def test_graphs_hold_several_sets_and_tables_one(loaded: Graph, tmp_path: Path) -> None:
    for name in ("all.ttl", "all.graphml"):
        format_ = ExportFormat.SKOS if name.endswith("ttl") else ExportFormat.GRAPHML
        export(loaded, Request(sets=("a", "b"), format=format_, output=tmp_path / name))
        assert "B's alpha." in (tmp_path / name).read_text(encoding="utf-8")
    with pytest.raises(
        ExportError, match=r"There are 2 sets \(a, b\), and csv holds one: name it, or say --output FOLDER/"
    ):
        export(loaded, Request(sets=("a", "b"), format=ExportFormat.CSV))


def test_what_is_not_there_is_a_sentence(graph: Graph, write_file: Write) -> None:
    with pytest.raises(ExportError, match="The database is empty: load a term set"):
        export(graph, Request())
    load(graph, write_file("a.yaml", A))
    with pytest.raises(ExportError, match=r"No set 'aa' is loaded \(did you mean a\?\)"):
        export(graph, Request(sets=("aa",)))
    with pytest.raises(ExportError, match=r"There is no term 'Gama' \(did you mean Gamma, gamma"):
        export(graph, Request(term="Gama"))


def test_a_set_that_is_loaded_in_part_is_refused(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    graph.write(lambda tx: tx.run("load/put_set", id="a", properties={"state": "loading"}))
    with pytest.raises(ExportError, match="The set 'a' is loaded only in part"):
        export(graph, Request())


def test_a_former_id_leads_to_its_term(graph: Graph, write_file: Write, tmp_path: Path) -> None:
    load(graph, write_file("a.yaml", A))
    export(graph, Request(term="aleph", output=tmp_path / "n.yaml"))
    assert "set: neighbourhood-of-alpha" in (tmp_path / "n.yaml").read_text(encoding="utf-8")


def test_the_command_writes_to_standard_output_and_files(run: Run, write_file: Write, tmp_path: Path) -> None:  # noqa: F811
    empty = run("export")
    assert (empty.returncode, empty.stderr.count("\n")) == (1, 1), empty.stderr
    assert run("load", write_file("a.yaml", A)).returncode == 0
    whole = run("export")
    assert (whole.returncode, whole.stdout[:7], whole.stderr) == (0, "set: a\n", "")
    table = run("export", "a", "-o", "out.csv")
    assert (table.returncode, table.stdout) == (0, "")
    assert table.stderr.splitlines() == ["Written: out.csv", "Not in the csv export: the set's title; 1 note."]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("name,definition,")
    wrong = run("export", "a", "-o", "out.pdf")
    assert (wrong.returncode, "none of .yaml" in wrong.stderr) == (2, True)
    unknown = run("export", "b")
    assert (unknown.returncode, unknown.stderr) == (1, "Error: No set 'b' is loaded: see `conceptmap sets`.\n")
