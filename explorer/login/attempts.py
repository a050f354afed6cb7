"""How often somebody may try: so many times in a span, then it is to wait. Kept in the process, in bounded memory."""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

MOST_KEPT = 10_000


@dataclass
class Attempts:
    """At most `most` attempts within `span` seconds for each key. Safe among threads."""

    most: int
    span: float
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: OrderedDict[Hashable, deque[float]] = field(default_factory=OrderedDict)

    def take(self, key: Hashable) -> int:
        """Count an attempt: 0, or the whole seconds to wait before the next one, which is then not counted."""
        with self._lock:
            now = self.clock()
            times = self._kept.setdefault(key, deque())
            self._kept.move_to_end(key)
            while times and times[0] <= now - self.span:
                times.popleft()
            if len(times) >= self.most:
                return max(1, math.ceil(times[0] + self.span - now))
            times.append(now)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return 0

    def forget(self, key: Hashable) -> None:
        """The attempts of this key count no more."""
        with self._lock:
            self._kept.pop(key, None)
