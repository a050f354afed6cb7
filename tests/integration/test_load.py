"""Files into the graph and out again, on both engines."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Graph, Writing
from graph.errors import GraphChanged
from graph.settings import Engine
from loader import run, write
from loader.report import BrakeError, Options, Report, UnknownSetError
from tests import provide
from tests.conftest import wipe
from tests.integration.snapshot import rows, snapshot

Write = Callable[[str, str], str]
DATA = Path(__file__).parent.parent.parent / "data"
A = """
set: a
terms:
  - {name: Alpha, definition: A's alpha., aliases: [First], category: Greek, formerly: [aleph],
     related: [Beta, {to: Gamma, kind: uses, note: why}]}
  - {name: Beta, definition: beta}
  - {name: Gamma, definition: gamma}
"""
B = """
set: b
priority: 50
kinds: {regulates: {label: regulates, inverse: is regulated by}}
terms:
  - {name: Alpha, definition: B's alpha., explanation: At length., related: [Gamma, {to: Delta, kind: narrower}]}
  - {name: Gamma, definition: B's gamma., related: [{to: Alpha, kind: used-by}]}
  - {name: Delta, definition: delta, formerly: [dalet], related: [Alpha, Unheard, {to: Epsilon, kind: regulates}]}
"""
NEW_B = """
set: b
terms:
  - {name: Alpha, definition: Other words., related: [Elsewhere], formerly: [aleph, alif]}
  - {name: Zeta, definition: zeta, related: [{to: Alpha, kind: part-of}]}
"""
C = """
set: c
terms:
  - {name: Epsilon, definition: epsilon, related: [Beta, Nowhere]}
"""
PAGE = """Foundation Model

A large model that is trained once and adapted to many tasks.

Its training takes much data and much computing time.

What it has learned carries over to tasks it was never trained for.

Related Terms

RAG (Retrieval-Augmented Generation)
Fetches documents and lets a model answer from them.

Embeddings
Vectors that place texts of like meaning close together.

Vector Database
Stores vectors and finds the nearest.

LLM
A model of language with very many parameters.

Fine-Tuning
Further training on data of one task.

Prompt Engineering
The craft of asking a model so that it answers well.
"""


def load(graph: Graph, *paths: str, **options: object) -> Report:
    report = run.load(graph, paths, Options(**options))  # type: ignore[arg-type]
    assert report.errors == []
    assert report.ranking_failed == ""
    return report


def test_a_glossary_page_is_seven_terms_and_six_relations(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("foundation-model.txt", PAGE))
    terms = graph.query("MATCH (:TermSet {id: 'foundation-model'})-[:DEFINES]->(t:Term) RETURN count(t)")
    relations = graph.query(
        "MATCH (:Term {id: 'foundation-model'})-[r:RELATED_TO {kind: 'related'}]-(:Term) RETURN count(r)"
    )
    assert (terms.rows, relations.rows) == (((7,),), ((6,),))


def test_a_second_load_changes_nothing(graph: Graph, write_file: Write) -> None:
    path = write_file("a.yaml", A)
    assert load(graph, path).sets[0].written is not None
    before, revision = snapshot(graph), graph.read("load/state")[0]["revision"]
    again = load(graph, path)
    assert again.sets[0].written is None
    assert snapshot(graph) == before
    assert graph.read("load/state")[0]["revision"] == revision


def test_the_plan_the_server_and_the_graph_agree(graph: Graph, write_file: Write) -> None:
    report = load(graph, str(DATA))
    counters = [one.written.counters for one in report.sets if one.written]
    found = snapshot(graph)
    assert sum(len(one.plan.added) for one in report.sets) == len(found["entries"])
    assert sum(counter["nodes_created"] for counter in counters) == len(found["terms"]) + 2
    assert sum(counter["relationships_created"] for counter in counters) == len(found["relations"]) + len(
        found["entries"]
    )
    assert all(properties["defined"] for properties in found["terms"].values())
    assert all(properties["importance"] > 0 for properties in found["terms"].values())


def test_two_sets_that_define_one_term_keep_both_texts(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    load(graph, write_file("b.yaml", B), allow_undefined=True)
    alpha = snapshot(graph)["terms"]["alpha"]
    assert alpha["definition"] == "B's alpha."
    assert alpha["category"] == "Greek"
    relations = snapshot(graph)["relations"]
    assert relations["alpha", "uses", "gamma"]["sets"] == ["a", "b"]
    assert relations["delta", "broader", "alpha"]["sets"] == ["b"]
    run.unload(graph, "b")
    after = snapshot(graph)
    assert after["terms"]["alpha"]["definition"] == "A's alpha."
    assert "delta" not in after["terms"]
    assert after["relations"]["alpha", "uses", "gamma"]["sets"] == ["a"]


def test_the_graph_depends_on_the_files_alone(graph: Graph, write_file: Write) -> None:
    """Random loads, changed loads and unloads end where a clean load of what is left would."""
    texts = {"a": A, "b": B, "c": C}
    changed = {key: text.replace("alpha.", "other alpha.").replace("Beta", "Zeta") for key, text in texts.items()}
    dice = random.Random(4)
    wanted: dict[str, str] = {}
    for _ in range(14):
        key = dice.choice("abc")
        if key in wanted and dice.random() < 0.4:
            run.unload(graph, key)
            del wanted[key]
        else:
            wanted[key] = dice.choice([texts, changed])[key]
            load(graph, write_file(f"{key}.yaml", wanted[key]), allow_undefined=True)
    wanted.setdefault("c", C)
    load(graph, write_file("c.yaml", wanted["c"]), allow_undefined=True)
    reached = snapshot(graph)
    for order in (sorted(wanted), sorted(wanted, reverse=True)):
        wipe(graph)
        for key in order:
            load(graph, write_file(f"{key}.yaml", wanted[key]), allow_undefined=True)
        assert snapshot(graph) == reached


def test_a_term_that_nobody_defines_comes_and_goes(graph: Graph, write_file: Write) -> None:
    path = write_file("c.yaml", C)
    refused = run.load(graph, [path], Options())
    assert [problem.code for problem in refused.errors] == ["unknown-term", "unknown-term"]
    assert snapshot(graph)["terms"] == {}
    load(graph, path, allow_undefined=True)
    nowhere = snapshot(graph)["terms"]["nowhere"]
    assert (nowhere["name"], nowhere["defined"], nowhere.get("importance")) == ("Nowhere", False, None)
    load(graph, write_file("a.yaml", A))
    assert snapshot(graph)["terms"]["beta"]["defined"] is True
    run.unload(graph, "c")
    assert set(snapshot(graph)["terms"]) == {"alpha", "beta", "gamma"}


def test_a_relation_means_what_the_sets_will_say_not_what_the_file_said_before(graph: Graph, write_file: Write) -> None:
    path = write_file(
        "s.yaml", "terms:\n- {name: A, definition: a, related: [B, Bee]}\n- {name: B, aliases: [Bee], definition: b}"
    )
    load(graph, path)
    before = snapshot(graph)
    write_file("s.yaml", "terms:\n- {name: A, definition: a, related: [B, Bee]}")
    assert [problem.code for problem in run.load(graph, [path], Options()).errors] == ["unknown-term"] * 2
    assert snapshot(graph) == before
    load(graph, path, keep=True)
    assert set(snapshot(graph)["terms"]) == {"a", "b"}


def test_a_former_id_leads_to_the_term(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    assert snapshot(graph)["former"] == {"aleph": ("alpha", ["alpha"])}
    load(graph, write_file("a.yaml", A.replace("formerly: [aleph],", "")))
    assert snapshot(graph)["former"] == {}


def test_relations_of_other_sets_follow_a_term_to_its_new_id(graph: Graph, write_file: Write) -> None:
    old = write_file(
        "a.yaml", "terms:\n- {name: Kiln, definition: It burns., related: [Clay]}\n- {name: Clay, definition: c}"
    )
    other = write_file("b.yaml", "terms:\n- {name: Potter, definition: p, related: [{to: kiln, kind: uses}]}")
    load(graph, old)
    load(graph, other)
    text = "terms:\n- {name: Furnace, definition: It burns., formerly: [kiln], related: [Clay]}\n- {name: Clay, definition: c}"
    load(graph, write_file("a.yaml", text))
    load(graph, other)
    now = snapshot(graph)
    assert set(now["terms"]) == {"furnace", "clay", "potter"}
    assert ("potter", "uses", "furnace") in now["relations"]
    assert load(graph, other).sets[0].plan.is_empty


def test_a_former_id_that_several_claim_survives_each_of_them(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    load(graph, write_file("d.yaml", "priority: 1\nterms:\n- {name: Dalet, definition: d, formerly: [aleph]}"))
    assert snapshot(graph)["former"] == {"aleph": ("dalet", ["alpha", "dalet"])}
    load(graph, write_file("e.yaml", "terms:\n- {name: Aleph, definition: now a term}"))
    assert snapshot(graph)["former"] == {"aleph": (None, ["alpha", "dalet"])}
    run.unload(graph, "e")
    run.unload(graph, "d")
    assert snapshot(graph)["former"] == {"aleph": ("alpha", ["alpha"])}
    run.unload(graph, "a")
    assert snapshot(graph)["former"] == {}


def test_one_problem_and_nothing_is_written(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    before = snapshot(graph)
    report = run.load(graph, [write_file("bad.yaml", "terms:\n- {name: X, definition: x, related: [Alfa]}")], Options())
    assert "did you mean “Alpha”?" in str(report.errors[0])
    assert snapshot(graph) == before


def test_a_dry_run_writes_nothing(graph: Graph, write_file: Write) -> None:
    report = load(graph, write_file("a.yaml", A), dry_run=True)
    assert report.sets[0].plan.added == ("alpha", "beta", "gamma")
    assert report.sets[0].written is None
    assert snapshot(graph)["terms"] == {}


def test_the_brake_stops_a_truncated_file(graph: Graph, write_file: Write) -> None:
    def text(count: int) -> str:
        return "set: s\nterms:\n" + "".join(f"- {{name: T{number}, definition: d}}\n" for number in range(count))

    load(graph, write_file("s.yaml", text(60)))
    short = write_file("s.yaml", text(20))
    with pytest.raises(BrakeError, match="would remove 40 of the 60 terms"):
        run.load(graph, [short], Options())
    assert len(snapshot(graph)["terms"]) == 60
    load(graph, short, keep=True)
    assert len(snapshot(graph)["terms"]) == 60
    load(graph, short, prune=True)
    assert len(snapshot(graph)["terms"]) == 20


def test_an_unknown_set_cannot_be_unloaded(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", A))
    with pytest.raises(UnknownSetError, match="these are: a"):
        run.unload(graph, "nix")


def test_a_kind_is_symmetric_in_all_sets_or_in_none(graph: Graph, write_file: Write) -> None:
    def text(name: str, symmetric: str) -> str:
        kinds = f"kinds: {{k: {{label: l, inverse: i, symmetric: {symmetric}}}}}"
        return write_file(f"{name}.yaml", f"{kinds}\nterms:\n- {{name: {name}, definition: d}}")

    load(graph, text("a", "false"), text("b", "false"))
    for name in "ab":
        refused = run.load(graph, [text(name, "true")], Options())
        assert [problem.code for problem in refused.errors] == ["kind-symmetry"]
    load(graph, text("a", "true"), text("b", "true"))


def test_a_name_that_a_loaded_term_has_is_told(graph: Graph, write_file: Write) -> None:
    load(graph, write_file("a.yaml", "terms:\n- {name: Python, id: python-snake, definition: A snake.}"))
    text = "terms:\n- {name: Python, definition: A language.}\n- {name: Py, aliases: [python], definition: d}"
    path = write_file("b.yaml", text)
    found = {(one.code, one.position.line) for one in load(graph, path).problems if one.code != "isolated-term"}
    assert found == {("homograph", 2), ("loaded-alias", 3)}
    assert load(graph, path).sets[0].written is None


def test_a_refused_first_load_leaves_an_empty_database_empty(graph: Graph, write_file: Write) -> None:
    bad = write_file("bad.yaml", "terms:\n- {name: X, definition: x, related: [Y]}")
    assert run.load(graph, [bad], Options()).errors
    assert rows(graph, "MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_rows_that_find_nothing_to_write_to_undo_the_load(
    graph: Graph, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file("a.yaml", A)
    monkeypatch.setattr(write, "term_rows", lambda *_: ())
    with pytest.raises(GraphChanged, match="run the load again"):
        run.load(graph, [path], Options())
    assert snapshot(graph)["terms"] == {}


@pytest.fixture
def passing_graph(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Graph]:
    """An empty graph for many terms: on ArcadeDB, which empties a large one slowly, a server of its own."""
    if engine == "arcadedb":
        with provide.server(engine, tmp_path / "home") as settings, Graph.open(settings) as graph:
            yield graph
    else:
        yield request.getfixturevalue("graph")


def test_a_large_set_goes_in_batches(passing_graph: Graph, write_file: Write) -> None:
    """12,000 terms with the names that computing has; the second load finds nothing to do."""
    graph = passing_graph
    names = ["C", "C++", "C#", "(c)", ".login", "LOGIN", "login", "F*", "TCP/IP", "AND", '"quoted"', "a: b", "# x"]
    names += [f"Term {number}" for number in range(12_000 - len(names))]
    lines = [f"- name: {name!r}\n  definition: {f'What {name} means.'!r}\n" for name in names]
    lines = [line + (f"  related: [Term {number // 2}]\n" if number > 100 else "") for number, line in enumerate(lines)]
    path = write_file("computing.yaml", "set: computing\nterms:\n" + "".join(lines))
    report = load(graph, path)
    assert report.sets[0].written is not None
    assert report.sets[0].written.transactions > 1
    found = rows(graph, "MATCH (t:Term) RETURN count(t) AS terms, count(DISTINCT t.name) AS names")[0]
    assert (found["terms"], found["names"]) == (12_000, 12_000)
    assert rows(graph, "MATCH (:Term)-[r:RELATED_TO]->(:Term) RETURN count(r) AS n")[0]["n"] > 11_000
    assert load(graph, path).sets[0].written is None


def test_what_is_new_is_written_two_transactions_at_once_where_that_is_faster(
    graph: Graph, write_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file("many.yaml", many(40))
    load(graph, path)
    clean = snapshot(graph)
    wipe(graph)
    together = threading.Barrier(2)
    lock, now, most = threading.Lock(), dict[str, int](), dict[str, int]()
    run_statement = Writing.run

    def run(self: Writing, name: str, /, **parameters: object) -> list[dict[str, Any]]:
        with lock:
            now[name] = now.get(name, 0) + 1
            most[name] = max(most.get(name, 0), now[name])
        try:
            if name in ("load/create_terms", "load/add_relations") and graph.engine == "neo4j":
                with suppress(threading.BrokenBarrierError):
                    together.wait(20)  # for the other one
            return run_statement(self, name, **parameters)
        finally:
            with lock:
                now[name] -= 1

    monkeypatch.setattr(Writing, "run", run)
    monkeypatch.setattr(write, "ONE_TRANSACTION", 0)
    monkeypatch.setattr(write, "BATCH", 20)
    load(graph, path)
    at_once = 2 if graph.engine == "neo4j" else 1
    assert (most["load/create_terms"], most["load/add_relations"]) == (at_once, at_once)
    assert snapshot(graph) == clean


def many(count: int) -> str:
    return "set: many\nterms:\n" + "".join(
        f"- {{name: Term {number}, definition: d {number}., related: [Term {(number + 1) % count}]}}\n"
        for number in range(count)
    )
