"""Whose turn it is: so many at once, the others wait in the order in which they came."""

import time
from collections import deque
from collections.abc import Callable
from threading import Condition

from graph.errors import QueryStopped, TooManyQueries

MOST_WAITING = 50
LOOK_AGAIN_SECONDS = 0.2


class Turns:
    """At most `at_once` who hold a turn; safe to share among threads."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self._held = 0
        self._waiting: deque[object] = deque()
        self._changed = Condition()

    def take(self, patience: float, gone: Callable[[], bool]) -> None:
        """Wait for a turn, at most `patience` seconds.

        Raises TooManyQueries, and QueryStopped when whoever waits is `gone` meanwhile.
        """
        me = object()
        with self._changed:
            if self._held < self.at_once and not self._waiting:
                self._held += 1
                return
            if len(self._waiting) >= MOST_WAITING:
                raise TooManyQueries.of(self.at_once)
            self._waiting.append(me)
            try:
                self._wait(me, patience, gone)
                self._held += 1
            finally:
                self._waiting.remove(me)
                self._changed.notify_all()

    def _wait(self, me: object, patience: float, gone: Callable[[], bool]) -> None:
        deadline = time.monotonic() + patience
        while self._held >= self.at_once or self._waiting[0] is not me:
            if gone():
                raise QueryStopped
            if time.monotonic() >= deadline:
                raise TooManyQueries.of(self.at_once)
            self._changed.wait(LOOK_AGAIN_SECONDS)

    def give(self) -> None:
        """Give the turn to the next."""
        with self._changed:
            self._held -= 1
            self._changed.notify_all()
