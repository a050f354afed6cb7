"""Loops within an expression, which no server stops: both look at the clock between rows, and not in between.

A list that is gone through is fine, for it is as long as what the graph gives; a loop in a loop, `reduce`, and a
`range` that may be of any length are not. Rows instead (`UNWIND range(…) AS n`) can be stopped at any time.
"""

from graph.cypher_text import Token
from graph.refusals import Reason, Refusal

LONGEST_RANGE = 100_000
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
    if token.text.lower() == "reduce":
        return "reduce()"
    if token.text.lower() != "range" or (at and found[at - 1].says("UNWIND")):
        return ""
    if within:
        return "range() within a list that is gone through"
    return "" if _is_short(found, at + 2) else f"range() of more than {LONGEST_RANGE:,} or of an unknown length"


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
        return sign * int(found[at].text[:18]), at + 1
    return None, at


def _ends_with_a_list(found: tuple[Token, ...], at: int) -> bool:
    """Whether `size(…)` or `length(…)`, and perhaps `- 1`, is all that stands here before the bracket closes."""
    if at + 1 >= len(found) or not found[at].says("SIZE", "LENGTH") or found[at + 1].text != "(":
        return False
    depth, at = 1, at + 2
    while depth and at < len(found):
        depth += {"(": 1, ")": -1}.get(found[at].text, 0)
        at += 1
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
