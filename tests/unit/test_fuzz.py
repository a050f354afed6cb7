"""A sample of the long run of mutated files (`make test-long`), and that the run sees what it is for."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from loader.checking import check_files
from loader.formats import Format
from loader.model import Position, Problem
from tests.fuzz import pool, verdict
from tests.fuzz.__main__ import main, told
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import FOLDERS, ROOT, seeds
from tests.fuzz.verdict import Case, examine
from tests.unit.pool_jobs import act

SAMPLE, SEED = 80, 7
GOOD = FOLDERS[0]


def test_a_sample_of_mutated_files_ends_in_clean_reports() -> None:
    cases = (Case(format_, SEED, number) for format_ in Format for number in range(SAMPLE))
    results = list(pool.run(cases, examine))
    failures = [line for result in results if result.wrong is not None for line in told(result)]
    assert not failures, "\n".join(failures)
    assert len(results) == SAMPLE * len(Format)


@pytest.mark.parametrize("path", sorted(GOOD.iterdir()), ids=lambda path: path.name)
def test_the_good_seeds_are_good(path: Path) -> None:
    assert [str(problem) for problem in check_files([str(path)])[1] if problem.is_error] == []


def test_the_same_three_make_the_same_file_in_every_process() -> None:
    program = (
        "import hashlib, sys; from loader.formats import Format; from tests.fuzz.mutations import mutated\n"
        "print(hashlib.sha256(b''.join(mutated(one, 3, n) for one in Format for n in range(5))).hexdigest())"
    )
    here = hashlib.sha256(b"".join(mutated(one, 3, number) for one in Format for number in range(5))).hexdigest()
    environment = os.environ | {"PYTHONHASHSEED": "123"}
    there = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert there.stdout.strip() == here
    assert all(len(seeds(one)) >= 2 for one in Format)


def test_whatever_a_job_does_it_ends_and_the_others_go_on() -> None:
    jobs = ["well", "hang", "die", "raise", "complain", "sleep", "eat", "well"]
    results = pool.run(jobs, act, workers=2, most_seconds=0.5, most_wait=4)
    found = sorted((result.job, (result.wrong or "").strip().splitlines()[-1:]) for result in results)
    assert found == [
        ("complain", ["wrong"]),
        ("die", ["The process ended (exit code -9)."]),
        ("eat", ["MemoryError"]),
        ("hang", ["It hangs: more than 0.5 s of processor time."]),
        ("raise", ["ValueError: on purpose"]),
        ("sleep", ["It hangs: more than 4 s."]),
        ("well", []),
        ("well", []),
    ]


def taken(monkeypatch: pytest.MonkeyPatch, problem: Problem | None) -> str | None:
    """The verdict on a file of one line for which the loader would report this."""
    path = GOOD / "turns.md"
    found = ([], [], [] if problem is None else [problem])
    monkeypatch.setattr(verdict, "resolve_files", lambda *_: found)
    return verdict.verdict(path, Format.PAGE)


@pytest.mark.parametrize(
    ("line", "column", "message", "wrong"),
    [
        (1, 1, "Fine.", None),
        (1, 10, "At the end of the line.", None),
        (8, 1, "At the end of the file.", None),
        (1, 11, "Beyond the line.", "No place in the file"),
        (9, 1, "Beyond the file.", "No place in the file"),
        (0, 1, "Before it.", "No place in the file"),
        (1, 1, "Two\nlines.", "No line that a terminal can show"),
        (1, 1, "\x1b[31mRed.", "No line that a terminal can show"),
    ],
)
def test_a_report_that_is_not_clean_is_seen(
    line: int, column: int, message: str, wrong: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = taken(monkeypatch, Problem(Position(str(GOOD / "turns.md"), line, column), "syntax", message))
    assert (found or "").startswith(wrong or "")
    assert bool(found) is bool(wrong)


def test_half_a_surrogate_pair_and_silence_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnicodeEncodeError):
        taken(monkeypatch, Problem(Position("f"), "syntax", "\ud800"))
    assert taken(monkeypatch, None) == "There is neither a set nor an error."


def test_what_is_printed_fetched_or_run_while_reading_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    path = GOOD / "turns.md"
    monkeypatch.setattr(verdict, "resolve_files", lambda *_: print("Look here.") or ([], [], []))
    assert verdict.verdict(path, Format.PAGE) == "Besides the report is printed: Look here.\n"

    def run(*_: object) -> verdict.Checked:
        subprocess.run([sys.executable, "--version"], check=True, capture_output=True)
        return [], [], []

    monkeypatch.setattr(verdict, "resolve_files", run)
    assert verdict.verdict(path, Format.PAGE) == "While the file was read there was subprocess.Popen."


def test_a_failure_says_how_to_see_it_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.fuzz.__main__.KEPT", tmp_path / "kept")
    case = Case(Format.CSV, 3, 4)
    lines = list(told(pool.Result(case, "It is wrong.\nVery.", 0.1)))
    assert (tmp_path / "kept" / "csv-3-4.csv").read_bytes() == mutated(Format.CSV, 3, 4)
    assert lines == [
        f"FAILED: csv, seed 3, iteration 4 ({tmp_path / 'kept' / 'csv-3-4.csv'})",
        "  again: python -m tests.fuzz csv --seed 3 --only 4",
        "  It is wrong.",
        "  Very.",
    ]
    assert main(["csv", "--seed", "3", "--only", "4"]) == 0
    assert "It ends in a clean report." in capsys.readouterr().out
