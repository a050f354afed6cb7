"""Problems and plans in the forms that a terminal, a program and GitHub's annotations want."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from loader.diff import changes, lines
from loader.model import Problem, header_properties

if TYPE_CHECKING:
    # Only names for the types: a command that needs no server must not import its driver.
    from loader.report import Report, SetReport

MANY = 200


class Style(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class PlanStyle(StrEnum):
    """How a load's report is printed."""

    TEXT = "text"
    JSON = "json"


def problem_lines(problems: Sequence[Problem], style: Style, every: bool = False) -> Iterator[str]:
    """One line a problem; more than 200 as a summary with the first of each code, unless `every` one is asked for."""
    if style is Style.JSON:
        yield json.dumps([problem_row(problem) for problem in problems], ensure_ascii=False, indent=2)
    elif style is Style.GITHUB:
        yield from map(_annotation, problems)
    elif len(problems) > MANY and not every:
        yield from _summary(problems)
    else:
        yield from map(str, problems)


def problem_row(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    place = problem.position
    where = {"file": place.file, "line": place.line, "column": place.column}
    return where | {"code": problem.code, "severity": problem.severity, "message": problem.message}


def _summary(problems: Sequence[Problem]) -> Iterator[str]:
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_code[problem.code].append(problem)
    for code, found in sorted(by_code.items(), key=lambda item: (not item[1][0].is_error, -len(item[1]), item[0])):
        others = f" (and {len(found) - 1:,} more {code})" if len(found) > 1 else ""
        yield f"{found[0]}{others}"
    yield f"{len(problems):,} problems; the first of each code is shown, --all shows every one."


def _annotation(problem: Problem) -> str:
    """See GitHub's "Workflow commands": properties escape more than the message does."""
    place = problem.position
    values = {"file": place.file, "line": place.line, "col": place.column, "title": problem.code}
    properties = ",".join(f"{key}={_escaped(str(value), property_=True)}" for key, value in values.items())
    return f"::{problem.severity} {properties}::{_escaped(problem.message)}"


def _escaped(text: str, property_: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text


def plan_lines(made: "SetReport") -> Iterator[str]:
    """Every term that a load would add, change (field by field) or remove."""
    plan = made.plan
    for change in changes(made.before_header, header_properties(plan.header)) if made.before_header else ():
        yield from (f"  ~ {line}" for line in lines(change))
    for term_id in plan.added:
        yield f"  + {term_id}"
    for term_id in plan.changed:
        yield f"  ~ {term_id}"
        for change in changes(made.before.get(term_id, {}), plan.entries[term_id].body):
            yield from (f"      {line}" for line in lines(change))
    for term_id in plan.removed:
        yield f"  - {term_id}"


def report_json(report: "Report", dry_run: bool) -> str:
    """A load's report as JSON: problems, and for each set what is added, changed, removed, kept and left."""
    sets = [_set_row(made) for made in report.sets]
    brakes = [str(brake) for brake in report.brakes]
    rows = {"dry_run": dry_run, "problems": list(map(problem_row, report.problems)), "sets": sets, "brakes": brakes}
    rows |= {"ranking_failed": report.ranking_failed or None, "known_warnings": report.known_warnings}
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _set_row(made: "SetReport") -> dict[str, Any]:
    plan = made.plan
    changed = [
        {"id": key, "fields": _fields(changes(made.before.get(key, {}), plan.entries[key].body))}
        for key in plan.changed
    ]
    header = changes(made.before_header, header_properties(plan.header)) if made.before_header else []
    return {
        "id": plan.header.id,
        "added": list(plan.added),
        "changed": changed,
        "removed": list(plan.removed),
        "kept": list(plan.kept),
        "unchanged": plan.unchanged,
        "header": _fields(header),
        "mends_unfinished_load": plan.unfinished,
        "counters": dict(made.written.counters) if made.written else None,
    }


def _fields(found: Iterable[Any]) -> dict[str, Any]:
    return {change.field: {"before": change.before, "after": change.after} for change in found}
