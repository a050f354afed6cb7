"""How a command ends: every error that a person can act upon becomes one sentence and an exit code, here.

`--debug` shows the traceback. Exit codes: 0 done, 1 the input has problems, 2 wrong usage, 3 no server, it refused
the credentials or its disk is full, 130 ended from outside.
"""

import atexit
import errno
import gc
import logging
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from cli.terminal import err, say, say_error
from graph.errors import (
    GraphError,
    LibraryWrong,
    QueryFailed,
    QueryStopped,
    QueryTimeout,
    ReadOnlyRefused,
    SettingsWrong,
    UnknownQuery,
)

INPUT_PROBLEM, WRONG_USAGE, NO_SERVER, INTERRUPTED = 1, 2, 3, 130
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SAME_WISH_SECONDS = 1.5


class Interrupted(Exception):
    """A command was ended from outside; typer would end the process by itself, and leave out what stands."""


class Commands(TyperGroup):
    """The commands; whichever runs, what stands when it is ended from outside is said in one place."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted(str(error) or "Stopped.") from error


def run(app: typer.Typer) -> NoReturn:
    """Run the command line to its end, and end the process."""
    debug = "--debug" in sys.argv
    _set_up_logging(debug)
    # All that is left goes with the process: searching it for cycles first takes a fifth of a short command.
    atexit.register(gc.freeze)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _terminate)
    try:
        app()
    except SystemExit as ending:
        _end(ending)
    except Interrupted as error:
        _leave(str(error))
    except KeyboardInterrupt:
        _leave("Stopped.")
    except (QueryFailed, QueryTimeout, QueryStopped, ReadOnlyRefused) as error:
        _fail(error, INPUT_PROBLEM, debug)
    except (SettingsWrong, LibraryWrong, UnknownQuery) as error:
        _fail(error, WRONG_USAGE, debug)
    except GraphError as error:
        _fail(error, NO_SERVER, debug)
    except OSError as error:
        if error.errno not in FULL:
            raise
        _unwritten(error)
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
        _forget_output()
    except OSError as error:
        _unwritten(error)
    sys.exit(ending.code)


def _unwritten(error: OSError) -> NoReturn:
    _forget_output()
    reason = (error.strerror or str(error)).lower()
    say_error(f"The output cannot be written ({reason}): make room, or send it elsewhere.")
    sys.exit(INPUT_PROBLEM)


def _forget_output() -> None:
    """Python flushes what is left of standard output once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: Exception, code: int, debug: bool) -> NoReturn:
    if debug:
        err.print_exception()
    say_error(error)
    sys.exit(code)


def _leave(sentence: str) -> NoReturn:
    """Say what stands and be gone: threads that still wait for a server, or compute, are not waited for."""
    with suppress(OSError):  # the terminal may be gone, which ends us too
        say(sentence)
        sys.stdout.flush()
    os._exit(INTERRUPTED)


def _terminate(_number: int, _frame: object) -> None:
    """End in good order at the first signal, at once at another: the server goes by itself when we have.

    One that comes right after the first is the same wish: it must not keep us from giving the lease back.
    """
    first = time.monotonic()

    def again(_number: int, _frame: object) -> None:
        if time.monotonic() - first > SAME_WISH_SECONDS:
            os._exit(INTERRUPTED)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, again)
    raise KeyboardInterrupt
