"""The table of `make bench`: what is held against which limit."""

import json
import os
from pathlib import Path

import pytest

from bench import inputs
from bench.load import Line, lines
from bench.processes import Failed, job, run
from bench.rows import Rows, saved
from graph import Engine
from loader.checking import check_files

FIGURES = {"load": 20.0, "memory": 250.0, "again": 1.5, "whole": 19.0, "read": 3.0, "plan": 4.0, "write": 6.0}
FIGURES |= {"rank": 5.0, "bare": 10.0, "py2neo": 14.0, "single": 600.0}


def _line(what: str, engine: Engine = "neo4j", failed: dict[str, str] | None = None, **other: float) -> Line:
    figures = {key: value for key, value in (FIGURES | other).items() if key not in (failed or {})}
    (found,) = (line for line in lines(engine, 300, figures, failed or {}) if line.what.startswith(what))
    return found


def test_the_load_is_held_against_the_bare_loop_without_its_ranking_and_its_start() -> None:
    line = _line("load without start and ranking")
    assert (line.figure, line.ratio, line.kept) == ("13.0 s", "1.30 × bare", True)
    assert _line("load without start and ranking", write=6.1).kept is False
    assert _line("load without start, with ranking").ratio == "1.80 × bare"


@pytest.mark.parametrize(
    ("what", "kept", "broken"),
    [
        ("the same load again", {"again": 2.0}, {"again": 2.1}),
        ("peak memory", {"memory": 300.0}, {"memory": 301.0}),
        ("py2neo.bulk", {"py2neo": 13.0}, {"py2neo": 12.9}),
        ("one statement a row", {"single": 650.0}, {"single": 649.0}),
    ],
)
def test_a_limit_is_kept_up_to_its_figure_and_not_beyond(
    what: str, kept: dict[str, float], broken: dict[str, float]
) -> None:
    assert _line(what, **kept).kept is True
    assert _line(what, **broken).kept is False
    assert _line(what, **broken).row("neo4j", "WordNet").endswith("| NOT kept |")


def test_one_statement_a_row_has_a_limit_on_neo4j_alone() -> None:
    assert _line("one statement a row", "arcadedb", single=20.0).kept is None


def test_a_way_that_does_not_work_is_told_with_its_reason_instead_of_a_figure() -> None:
    line = _line("py2neo.bulk", failed={"py2neo": "ValueError: no such thing"})
    assert (line.figure, line.kept) == ("none", None)
    assert "ValueError: no such thing" in line.ratio
    line = _line("load without start and ranking", failed={"bare": "gone"})
    assert (line.ratio, line.kept) == ("", None)


def test_a_sample_has_the_terms_and_entries_of_its_relations_and_survives_its_file(tmp_path: Path) -> None:
    terms = [{"id": f"t{number}"} for number in range(100)]
    relations = [{"start": f"t{number}", "end": f"t{number + 1}"} for number in range(99)]
    every = Rows({"id": "s"}, terms, terms, relations)
    every.save(tmp_path / "rows")
    sample = saved(str(tmp_path / "rows")).sample(30)
    assert 30 <= len(sample.terms) + len(sample.entries) + len(sample.relations) < 35
    assert {row["id"] for row in sample.terms} == {row[end] for row in sample.relations for end in ("start", "end")}
    assert sample.entries == sample.terms


def test_the_generated_sets_are_sets_without_a_problem(tmp_path: Path) -> None:
    counted = inputs.generated(tmp_path / "g.jsonl", 200)
    inputs.yaml_text(tmp_path / "y.yaml", 0.1)
    (generated, written), problems = check_files([str(tmp_path)])
    assert [problem for problem in problems if problem.is_error] == []
    assert counted == (len(generated.terms), sum(len(term.relations) for term in generated.terms))
    assert len(written.terms) > 200


def test_a_process_that_fails_is_told_by_the_last_thing_it_said() -> None:
    with pytest.raises(Failed, match=r"FileNotFoundError.*nowhere"):
        job("yaml", Path("nowhere.yaml"), environment=dict(os.environ))


def test_a_process_gives_its_seconds_and_its_memory(tmp_path: Path) -> None:
    inputs.yaml_text(tmp_path / "text.yaml", 0)
    ended = run(("bench.child", "yaml", str(tmp_path / "text.yaml")), dict(os.environ))
    assert ended.seconds > 0
    assert ended.megabytes > 5
    assert set(json.loads(ended.text)) == {"ours", "plain"}
