"""Loops within an expression, which no server stops: both look at the clock between rows, and not in between.

A list that is gone through once is fine, however long; a loop in a loop, `reduce`, and a `range` that may be of any
length are not. Rows instead (`UNWIND range(…) AS n`) can be stopped at any time.
"""

from graph.cypher_text import Token
from graph.refusals import Reason, Refusal

LONGEST_RANGE = 100_000
DIGITS = 18
PREDICATES = ("ANY", "ALL", "NONE", "SINGLE")


def of_loops(found: tuple[Token, ...]) -> Refusal | None:
    """Why a statement could not be stopped; None when it can."""
    inside: list[str] = []  # for each bracket that is open: a loop's "source" or "body", or "" of any other
    for at, token in enumerate(found):
        if name := _endless(found, at, "body" in inside):
            return Refusal(Reason.LOOPS, name)
        if token.sort != "sign" and not token.says("WHERE"):
            continue
        if token.text in "([{":
            loop = _opens_loop(found, at)
            if loop and "body" in inside:
                return Refusal(Reason.LOOPS, "A list that is gone through within another")
            inside.append("source" if loop else "")
        elif token.text in ")]}" and inside:
            inside.pop()
        elif inside and inside[-1] == "source" and (token.text == "|" or token.says("WHERE")):
            inside[-1] = "body"
    return None


def _endless(found: tuple[Token, ...], at: int, within: bool) -> str:
    """The function that begins here, if it may go on for ever; `within` the body of a loop."""
    token, called = found[at], at + 1 < len(found) and found[at + 1].text == "("
    if not called or token.sort not in ("word", "name") or (at and found[at - 1].text == "."):
        return ""
    name = token.text.lower()
    if name in ("reduce", "allreduce"):
        return f"{token.text}()"
    if name != "range" or _makes_rows(found, at):
        return ""
    if within:
        return "range() within a list that is gone through"
    return "" if _is_short(found, at + 2) else f"range() of more than {LONGEST_RANGE:,} or of an unknown length"


def _makes_rows(found: tuple[Token, ...], at: int) -> bool:
    """Whether this range is all that is unwound, and so never a list."""
    if not at or not found[at - 1].says("UNWIND"):
        return False
    end = _closing(found, at + 1)
    return end + 1 < len(found) and found[end + 1].says("AS")


def _closing(found: tuple[Token, ...], at: int) -> int:
    """Where the bracket that opens here closes; the end of the statement when it does not."""
    depth = 0
    for place in range(at, len(found)):
        depth += {"(": 1, ")": -1}.get(found[place].text, 0) if found[place].sort == "sign" else 0
        if not depth:
            return place
    return len(found)


def _is_short(found: tuple[Token, ...], at: int) -> bool:
    """Whether the range whose first bound is here ends soon, or with a list."""
    first, at = _integer(found, at)
    if first is None or at >= len(found) or found[at].text != ",":
        return False
    last, end = _integer(found, at + 1)
    if last is not None:
        return abs(last - first) <= LONGEST_RANGE and found[end].text in (")", ",") if end < len(found) else False
    return _ends_with_a_list(found, at + 1)


def _integer(found: tuple[Token, ...], at: int) -> tuple[int | None, int]:
    sign = 1
    if at < len(found) and found[at].text == "-":
        sign, at = -1, at + 1
    if at < len(found) and found[at].sort == "number" and found[at].text.isdecimal():
        return sign * int(found[at].text) if len(found[at].text) <= DIGITS else None, at + 1
    return None, at


def _ends_with_a_list(found: tuple[Token, ...], at: int) -> bool:
    """Whether `size(…)` or `length(…)`, and perhaps `- 1`, is all that stands here before the bracket closes."""
    if at + 1 >= len(found) or not found[at].says("SIZE", "LENGTH") or found[at + 1].text != "(":
        return False
    at = _closing(found, at + 1) + 1
    if at + 1 < len(found) and found[at].text == "-" and found[at + 1].sort == "number":
        at += 2
    return at < len(found) and found[at].text == ")"


def _opens_loop(found: tuple[Token, ...], at: int) -> bool:
    """Whether the bracket here opens `[x IN …` or `any(x IN …`."""
    variable = found[at + 1] if at + 1 < len(found) else None
    goes_through = at + 2 < len(found) and found[at + 2].says("IN")
    if variable is None or variable.sort not in ("word", "name") or not goes_through:
        return False
    return found[at].text == "[" or (found[at].text == "(" and at > 0 and found[at - 1].says(*PREDICATES))


__all__ = ["of_loops"]
