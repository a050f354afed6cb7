"""Names and passwords that programs send with each request: those that were right lately need not be hashed again."""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict

KEPT_SECONDS = 300.0
MOST_KEPT = 1000
LOCKS = 64


class Lately:
    """Which passwords were right in the last minutes, by a digest that only this process can make."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._right: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._turns = [threading.Lock() for _ in range(LOCKS)]

    def turn(self, name: str, password: str) -> threading.Lock:
        """Held while a password is looked at: of requests that come at once with the same one, the first finds out."""
        return self._turns[int(self._digest(name, password), 16) % LOCKS]

    def known(self, name: str, password: str) -> str:
        """The hash against which this password was right, "" when that is not known."""
        with self._lock:
            hash_, at = self._right.get(self._digest(name, password), ("", 0.0))
            return hash_ if time.monotonic() - at < KEPT_SECONDS else ""

    def note(self, name: str, password: str, hash_: str) -> None:
        """It was right."""
        with self._lock:
            self._right[self._digest(name, password)] = (hash_, time.monotonic())
            while len(self._right) > MOST_KEPT:
                self._right.popitem(last=False)

    def _digest(self, name: str, password: str) -> str:
        return hmac.new(self._key, f"{name}\0{password}".encode(), hashlib.sha256).hexdigest()
