"""A server that is away is told once, however many wait for it."""

from collections.abc import Callable
from threading import Lock


class Outage:
    """Who waits says so at the beginning and at the end; the first of several `tell`s it."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._lock = Lock()
        self._waiting = 0

    def begin(self) -> None:
        with self._lock:
            self._waiting += 1
            first = self._waiting == 1
        if first:
            self._tell()

    def end(self) -> None:
        with self._lock:
            self._waiting -= 1
