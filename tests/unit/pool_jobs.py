"""Jobs that go wrong, for the test of the pool; a module of their own, which a new process imports in no time."""

import os
import signal
import time


def act(job: str) -> str | None:
    """Does what its name says."""
    if job == "hang":
        while True:
            pass
    if job == "sleep":
        time.sleep(600)
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "raise":
        raise ValueError("on purpose")
    if job == "eat":
        return str(len(bytes(1 << 40)))
    return "wrong" if job == "complain" else None
