"""How to load, and what came of it: data, for people and programs to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loader.formats import NO_HINTS, Hints
from loader.model import Problem

if TYPE_CHECKING:
    # Only names for the types: a load that has nothing to do plans and writes nothing.
    from loader.plan import SetPlan
    from loader.transactions import Written


@dataclass(frozen=True)
class Options:
    """How to load. `wait` is in seconds; `strict` makes errors of warnings; without `rank`, `rank` is for later."""

    format: str | None = None
    hints: Hints = NO_HINTS
    keep: bool = False
    prune: bool = False
    allow_undefined: bool = False
    dry_run: bool = False
    strict: bool = False
    wait: float = 60.0
    rank: bool = True

    @property
    def meaning(self) -> tuple[object, ...]:
        """Those options on which it depends what a load brings about."""
        return (self.hints, self.keep, self.allow_undefined, self.strict)


@dataclass
class SetReport:
    """What happened to one set. `written` is None when nothing had to be written, or nothing was to be.

    `before` are the bodies of the changed entries as the graph kept them, `before_header` what its header said.
    """

    plan: "SetPlan"
    written: "Written | None" = None
    ranking_failed: str = ""
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    before_header: Mapping[str, Any] = field(default_factory=dict)


class BrakeError(Exception):
    """A load would remove so much of a set that it needs a word of confirmation."""

    def __init__(self, plan: "SetPlan") -> None:
        self.plan = plan
        names = ", ".join(plan.removed[:10])
        more = f" and {len(plan.removed) - 10} more" if len(plan.removed) > 10 else ""
        super().__init__(
            f"This load would remove {len(plan.removed)} of the {plan.size_before} "
            f"terms of the set {plan.header.id!r} ({names}{more}): say --prune if that is meant, --keep to keep them."
        )


class UnknownSetError(Exception):
    """No loaded set has that id."""


@dataclass
class Report:
    """What a load did. With errors among the problems nothing was written; `brakes` are those a dry run met.

    `known_warnings` is the number of those that the same load had before, when it is known to have nothing to do.
    """

    problems: list[Problem] = field(default_factory=list)
    sets: list[SetReport] = field(default_factory=list)
    brakes: list[BrakeError] = field(default_factory=list)
    ranking_failed: str = ""
    known_warnings: int | None = None

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]
