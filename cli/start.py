"""Where the process starts: Ctrl-C ends it with a sentence from the first moment on, while Python still imports."""

import os
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Import the front door, and run it. Once that is there, how a command ends is the business of `ending`."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    import conceptmap

    conceptmap.main()


def _leave(_number: int, _frame: object) -> NoReturn:
    os.write(2, b"Stopped.\n")
    os._exit(130)
