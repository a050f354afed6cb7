"""A job in a thread of its own, so that Ctrl-C is heard meanwhile: compiled code does not listen to it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

Result = TypeVar("Result")
STEP_SECONDS = 0.2


def aside(
    job: Callable[[], Result],
    seconds: float = float("inf"),
    meanwhile: Callable[[], object] = lambda: None,
    every: float = 10.0,
) -> Result | None:
    """The job's result, or what it raises; None when it takes longer than that, and then it is left to itself.

    `meanwhile` is called as often as that many seconds pass; what it raises ends the wait.
    """
    pool = ThreadPoolExecutor(1)
    future = pool.submit(job)
    pool.shutdown(wait=False)
    deadline = time.monotonic() + seconds
    due = time.monotonic() + every
    while not future.done() and time.monotonic() < deadline:
        wait([future], min(STEP_SECONDS, max(0.0, deadline - time.monotonic())))
        if time.monotonic() >= due and not future.done():
            meanwhile()
            due = time.monotonic() + every
    return future.result() if future.done() else None
