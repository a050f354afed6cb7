"""Words and tables for the terminal: reports of the loader's jobs, and rows as a table, JSON or CSV."""

import csv
import io
import json
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from loader.model import Problem, WrittenSet
from loader.reporting import plan_lines

if TYPE_CHECKING:
    # Only names for the types: a command that needs no server must not import its driver.
    from loader.report import Report, SetReport
    from loader.suggest import Suggestion, Suggestions


MOST_COLUMNS = 100_000


class Output(StrEnum):
    """How a command prints its rows."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class LinkStyle(StrEnum):
    """How `suggest` prints missing links."""

    YAML = "yaml"
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def escaped(text: str) -> str:
    """A text that Rich prints as it is, without reading markup in it."""
    return escape(text)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    output: Output,
    unbroken: Collection[str] = (),
    told: Callable[[Any], str] | None = None,
) -> None:
    """Print rows to standard output; in a table on a terminal, cells of `unbroken` columns stay on one line.

    `told` says how a value reads in a table; without it, as in CSV: a text as it is, anything else as JSON.
    """
    if output is Output.JSON:
        print(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
    elif output is Output.CSV:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(
            [columns, *([as_text(value) for value in row] for row in rows)]
        )
        sys.stdout.write(buffer.getvalue())
    else:
        _print_table(columns, rows, unbroken, told or as_text)


def _print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], unbroken: Collection[str], told: Callable[[Any], str]
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(escape(column), overflow="fold", no_wrap=column in unbroken)
    count = 0
    for row in rows:
        shown.add_row(*(escape(told(value)) for value in row))
        count += 1
    if count:
        console = Console(highlight=False)
        wide = console.measure(shown, options=console.options.update(max_width=MOST_COLUMNS))
        if not console.is_terminal:  # a program reads lines, and a file has any width
            console.width = wide.maximum
        elif unbroken:
            console.width = max(console.width, wide.minimum)
        console.print(shown)
    else:
        print("No rows.")


def as_text(value: Any) -> str:
    """A value in a cell of CSV: a text as it is, nothing for None, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_or_text(value: str) -> Any:
    """A parameter's value: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def links(rows: Sequence["Suggestion"], style: LinkStyle) -> None:
    """Print missing links to standard output."""
    if style is LinkStyle.YAML:
        from loader.patch import patch

        print(patch(rows) or "# No missing links.")
        return
    names = () if style is LinkStyle.TABLE else ("name", "to_name")
    columns = ("set", "id", "to", *names, "score", "sentence")
    table(columns, [[getattr(row, column) for column in columns] for row in rows], Output(style.value))


def links_left_out(found: "Suggestions", least: float) -> str:
    """What else there is than the printed links; nothing where there is nothing."""
    lines = []
    if found.found > len(found.rows):
        lines.append(f"The first {len(found.rows):,} of {found.found:,}; say --limit for more.")
    if found.noise:
        what = count(found.noise, "mention", "mentions")
        lines.append(f"{what} below the score {least:g} left out; say --min-score for a lower one.")
    return "\n".join(lines)


def checked(sets: Sequence[WrittenSet], problems: Sequence[Problem]) -> str:
    """One line on what was checked."""
    terms = sum(len(one.terms) for one in sets)
    relations = sum(one.heads.relations for one in sets)
    warnings = f", {count(len(problems), 'warning')}" if problems else ""
    return f"{count(len(sets), 'set')}, {count(terms, 'term')}, {count(relations, 'relation')}: no errors{warnings}."


def loaded(report: "Report", dry_run: bool = False) -> str:
    """What a load did, or would do: one line a set, and the terms concerned on a dry run."""
    lines = [_set_line(one, dry_run) for one in report.sets]
    if dry_run:
        lines += [line for one in report.sets for line in plan_lines(one)]
    if report.known_warnings:
        told = count(report.known_warnings, "warning")
        lines.append(f"{told}, as when it was loaded; for the whole text: `conceptmap check`.")
    return "\n".join(filter(None, (*lines, ranking_line(report.ranking_failed))))


def ranking_line(failure: str) -> str:
    """What is left to do when importance could not be computed; nothing when it was."""
    return f"All is written; only the importance of the terms could not be computed: {failure}" if failure else ""


def _set_line(one: "SetReport", dry_run: bool) -> str:
    plan = one.plan
    if plan.is_empty:
        return f"{plan.header.id}: nothing to do, all {count(plan.unchanged, 'term')} are as in the file."
    parts = [(len(plan.added), "added"), (len(plan.changed), "changed"), (len(plan.removed), "removed")]
    parts += [(len(plan.kept), "kept that the file lacks"), (plan.unchanged, "unchanged")]
    counts = ", ".join(f"{number:,} {word}" for number, word in parts if number) or "no terms"
    header = ", header changed" if plan.header_changed and not plan.added else ""
    mended = ", an unfinished load is mended" if plan.unfinished else ""
    would = "would be " if dry_run else ""
    relations = count(plan.entries.relations, "relation")
    return f"{plan.header.id}: {would}{counts}{header}{mended} ({relations} in the file)."


def unloaded(report: "SetReport") -> str:
    """What an unload did."""
    line = f"{report.plan.header.id}: taken away, with {count(len(report.plan.removed), 'entry', 'entries')}."
    return "\n".join(filter(None, (line, ranking_line(report.ranking_failed))))


def minute(moment: str) -> str:
    """A moment in ISO format as a person reads it, to the minute."""
    return moment[:16].replace("T", " ")


def count(number: int, one: str, many: str = "") -> str:
    """A number and its word: "1 term", "12,000 terms"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
