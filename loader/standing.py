"""How far a load or an unload has come, row by row, and what stands when it is stopped in the middle, as a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["done", "begun", "untouched", "unknown"]
GOES_ON = "run the same command again, it goes on where this one stopped."
NOT_RANKED = "only the importance of the terms is not up to date; the next load sees to it."
RANKED_LATER = f"Stopped: all is written, {NOT_RANKED}"


class Stopped(KeyboardInterrupt):
    """Somebody ended a job in the middle; `str()` is the sentence on what stands."""


@dataclass
class Tally:
    """The rows written of the rows to write, for each set; told as they come, and never back.

    When the server went in the middle, what is left is planned anew: what was written before then counts on.
    """

    tell: Callable[[str, int, int], None] = lambda set_id, done, total: None
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    _before: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plan_anew(self) -> None:
        """What is told from now on is of a plan for what is left."""
        self._before = dict(self.rows)

    def advance(self, set_id: str, done: int, total: int) -> None:
        """So many rows of the present plan are written."""
        done_before, total_before = self._before.get(set_id, (0, 0))
        whole = max(total_before, done_before + total)
        self.rows[set_id] = (whole - total + done, whole)
        self.tell(set_id, *self.rows[set_id])


@dataclass(frozen=True)
class SetStanding:
    """How far one set has come: `untouched` is as before the job."""

    id: str
    state: State
    done: int = 0
    total: int = 0


def standings(
    wanted: Mapping[str, str | None], tally: Tally, rows: Sequence[Mapping[str, Any]] | None
) -> list[SetStanding]:
    """Compare the sets of a job with what the graph holds of them.

    `wanted` are the checksums that the job was to bring about, None for a set that was to go; `rows` those of the
    loaded sets, None when the server does not tell.
    """
    loaded = None if rows is None else {row["id"]: row for row in rows}
    return [
        SetStanding(
            set_id,
            "unknown" if loaded is None else _state(loaded.get(set_id), checksum),
            *tally.rows.get(set_id, (0, 0)),
        )
        for set_id, checksum in wanted.items()
    ]


def _state(row: Mapping[str, Any] | None, checksum: str | None) -> State:
    if row is None:
        return "done" if checksum is None else "untouched"
    if row["state"] != "ready":
        return "begun"
    return "done" if row["checksum"] == checksum else "untouched"


def sentence(sets: Sequence[SetStanding], ranked: bool, verb: str = "written") -> str:
    """What stands, and what to do about it; `verb` is what the job does to rows."""
    states = {one.state for one in sets}
    if states <= {"untouched"}:
        return f"Stopped: nothing was {verb}."
    if states == {"done"}:
        if ranked:
            return f"Stopped: all is {verb}."
        return RANKED_LATER if verb == "written" else f"Stopped: all is {verb}, {NOT_RANKED}"
    if "unknown" in states:
        told = ", ".join(_part(one, verb) for one in sets if one.done) or f"nothing is known to be {verb}"
        return f"Stopped: {told}, for the server does not answer at once; {GOES_ON}"
    return f"Stopped: {', '.join(_part(one, verb) for one in sets)}; the graph is whole, {GOES_ON}"


def _part(one: SetStanding, verb: str) -> str:
    if one.state == "done":
        return f"the set {one.id!r} is {verb}"
    if one.state == "untouched":
        return f"nothing of the set {one.id!r} is {verb}"
    least = "at least " if one.state == "unknown" else ""
    rows = f"{one.done:,} of {one.total:,} rows" if one.total else "a part"
    return f"{least}{rows} of the set {one.id!r} {'are' if one.total else 'is'} {verb}"
