"""Checks files without a server: reads every set, runs every check, resolves what the files alone can."""

from collections.abc import Callable, Iterable, Sequence

from loader.checks import check
from loader.formats import NO_HINTS, Hints
from loader.model import Problem, ResolvedSet, WrittenSet
from loader.readers import read_sources
from loader.resolve import resolve_all
from loader.sources import Source, find_sources
from loader.uncollected import uncollected

Phase = Callable[[str], None]


def check_files(
    paths: Sequence[str],
    format_: str | None = None,
    strict: bool = False,
    hints: Hints = NO_HINTS,
    phase: Phase = lambda text: None,
) -> tuple[list[WrittenSet], list[Problem]]:
    """Every set of the files and every problem that can be seen without a server; `phase` is told what goes on."""
    sets, _, problems = resolve_files(paths, format_, hints, phase)
    return sets, judged(problems, strict)


def resolve_files(
    paths: Sequence[str], format_: str | None = None, hints: Hints = NO_HINTS, phase: Phase = lambda text: None
) -> tuple[list[WrittenSet], list[ResolvedSet], list[Problem]]:
    """Every set of the files, as written and resolved as far as the files alone allow, and every problem."""
    sets, problems = read_and_check(find_sources(paths, format_), hints, phase)
    phase("Looking up the related terms")
    resolved, more = resolve_all(sets, None, allow_undefined=incomplete(problems))
    return sets, resolved, problems + more


def judged(problems: Iterable[Problem], strict: bool) -> list[Problem]:
    """Problems by place, all of them errors where that is wanted."""
    return sorted(problem._replace(severity="error") if strict else problem for problem in problems)


def incomplete(problems: Iterable[Problem]) -> bool:
    """Whether a file could not be read at all: its terms would be missed everywhere, which tells nobody anything."""
    return any(problem.code in ("unreadable", "syntax", "bad-header") for problem in problems)


@uncollected()
def read_and_check(
    sources: Iterable[Source | Problem], hints: Hints = NO_HINTS, phase: Phase = lambda text: None
) -> tuple[list[WrittenSet], list[Problem]]:
    """Every set of the texts, and the problems of its shape and content, before any name is looked up."""
    phase("Reading the files")
    sets, problems = read_sources(sources, hints)
    phase("Checking the terms")
    return sets, problems + [problem for written in sets for problem in check(written)]
