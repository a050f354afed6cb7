"""How a command ends: every error that a person can act upon becomes one sentence and an exit code, here.

`--debug` shows the traceback. Exit codes: 0 done, 1 the input has problems, 2 wrong usage, 3 no server or it refused
the credentials, 130 ended from outside.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from cli.terminal import err, say_error
from graph.errors import GraphError, QueryFailed, QueryTimeout, ReadOnlyRefused, SettingsWrong

INPUT_PROBLEM, WRONG_USAGE, NO_SERVER, INTERRUPTED = 1, 2, 3, 130


def run(app: Callable[[], None]) -> NoReturn:
    """Run the command line to its end, and end the process."""
    debug = "--debug" in sys.argv
    _set_up_logging(debug)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _terminate)
    try:
        app()
    except SystemExit as ending:
        _end(ending)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except (QueryFailed, QueryTimeout, ReadOnlyRefused) as error:
        _fail(error, INPUT_PROBLEM, debug)
    except SettingsWrong as error:
        _fail(error, WRONG_USAGE, debug)
    except GraphError as error:
        _fail(error, NO_SERVER, debug)
    sys.exit(0)


def _set_up_logging(debug: bool) -> None:
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # The driver tells of every attempt it repeats; whether it failed in the end is told by our own sentence.
    logging.getLogger("neo4j").setLevel(logging.INFO if debug else logging.CRITICAL)
    # It tells of every value that is no date or number, which nobody here reads.
    logging.getLogger("rdflib").setLevel(logging.INFO if debug else logging.CRITICAL)


def _end(ending: SystemExit) -> NoReturn:
    """Exit as Typer does, but a reader of our output that has seen enough (`| head`) is no failure."""
    if isinstance(ending.__context__, BrokenPipeError):
        sys.exit(0)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
    sys.exit(ending.code)


def _fail(error: Exception, code: int, debug: bool) -> NoReturn:
    if debug:
        err.print_exception()
    say_error(error)
    sys.exit(code)


def _terminate(_number: int, _frame: object) -> None:
    """End in good order at the first signal, at once at the second: the server goes by itself when we have."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: os._exit(INTERRUPTED))
    raise KeyboardInterrupt
