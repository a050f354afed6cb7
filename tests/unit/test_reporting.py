"""Problems and plans as a terminal, a program and GitHub read them."""

import json

from loader.diff import Change, changes, lines
from loader.entries import MAIN, Entries, Entry
from loader.model import Header, Position, Problem, ResolvedSet, header_properties
from loader.plan import StoredSet, plan_set
from loader.report import Report, SetReport
from loader.reporting import Style, plan_lines, problem_lines, report_json


def problem(line: int, code: str = "unknown-term", severity: str = "error") -> Problem:
    return Problem(Position("a,b.yaml", line, 3), code, f"Line {line}: 100% wrong.", severity)


def test_many_problems_are_a_summary_with_the_first_of_each_code() -> None:
    found = [problem(line) for line in range(1, 1001)] + [problem(7, "isolated-term", "warning")]
    assert list(problem_lines(found, Style.TEXT)) == [
        "a,b.yaml:1:3: unknown-term Line 1: 100% wrong. (and 999 more unknown-term)",
        "a,b.yaml:7:3: isolated-term warning: Line 7: 100% wrong.",
        "1,001 problems; the first of each code is shown, --all shows every one.",
    ]
    assert len(list(problem_lines(found, Style.TEXT, every=True))) == 1001


def test_problems_as_json_and_as_annotations() -> None:
    (text,) = problem_lines([problem(2)], Style.JSON)
    assert json.loads(text) == [
        {
            "file": "a,b.yaml",
            "line": 2,
            "column": 3,
            "code": "unknown-term",
            "severity": "error",
            "message": "Line 2: 100% wrong.",
        }
    ]
    (line,) = problem_lines([problem(2, severity="warning")], Style.GITHUB)
    assert line == "::warning file=a%2Cb.yaml,line=2,col=3,title=unknown-term::Line 2: 100%25 wrong."
    assert list(problem_lines([], Style.JSON)) == ["[]"]


def test_a_change_is_told_field_by_field() -> None:
    before = {"name": "A", "definition": "Old.", "aliases": ["x", "y"], "explanation": "one\ntwo\nthree"}
    after = {
        "name": "A",
        "definition": "New.",
        "aliases": ["y", "z"],
        "explanation": "one\n2\nthree",
        "relations": [{"kind": "uses", "to": "b", "name": "B", "note": "why"}],
    }
    told = [line for change in changes(before, after) for line in lines(change)]
    assert told == [
        "definition: - Old.",
        "definition: + New.",
        "explanation: - two",
        "explanation: + 2",
        "aliases: - x",
        "aliases: + z",
        "relations: + uses b (why)",
    ]
    assert list(lines(Change("aliases", ["a", "b"], ["b", "a"]))) == ["aliases: in another order"]
    assert changes(after, after) == []


def test_a_plan_is_told_as_text_and_as_json() -> None:
    old, new = {"name": "B", "definition": "old"}, {"name": "B", "definition": "new"}
    header = Header("s", title="S")
    entries = Entries((Entry("a", MAIN, {"name": "A", "definition": "d"}), Entry("b", MAIN, new)))
    resolved = ResolvedSet(header, entries, Position("f"))
    stored = StoredSet("s", header_properties(Header("s", title="T")), True, {"b": "x", "c": "x"})
    made = SetReport(plan_set(resolved, stored), before={"b": old}, before_header=stored.properties)
    assert list(plan_lines(made)) == [
        "  ~ title: - T",
        "  ~ title: + S",
        "  + a",
        "  ~ b",
        "      definition: - old",
        "      definition: + new",
        "  - c",
    ]
    (row,) = json.loads(report_json(Report(sets=[made]), True))["sets"]
    assert (row["added"], row["removed"], row["unchanged"]) == (["a"], ["c"], 0)
    assert row["changed"] == [{"id": "b", "fields": {"definition": {"before": "old", "after": "new"}}}]
    assert row["header"] == {"title": {"before": "T", "after": "S"}}
