"""The terminal of a person at work: sentences and progress on stderr, which leaves standard output to the answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from loader.printing import escaped

if TYPE_CHECKING:
    # Only a name for the types: a command that needs no server must not import its driver.
    from loader.job import Watcher

Phase = Callable[[str], None]
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A sentence on what goes on."""
    err.print(escaped(text))


def say_error(error: Exception | str) -> None:
    """A sentence on what went wrong."""
    err.print(f"[red]Error:[/red] {escaped(str(error))}")


class Line:
    """One line at the bottom of the terminal: what goes on now, for how long, and the rows where they are known."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def phase(self, text: str) -> None:
        """Something else goes on now."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(escaped(text), total=None, rows="")

    def rows(self, _set_id: str, done: int, total: int) -> None:
        """So many rows of the present phase are written."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total, rows=f"{done:,} of {total:,} rows")


@contextmanager
def progress(in_the_way: bool = False) -> Iterator[Line]:
    """A line that tells what goes on, gone when all is done; silent when stderr is no terminal, or in the way there."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=in_the_way or not err.is_terminal) as bar:
        yield Line(bar)


@contextmanager
def watcher() -> "Iterator[Watcher]":
    """Tells on stderr what a job of the loader does."""
    from loader.job import Watcher

    with progress() as shown:
        yield Watcher(say, shown.rows, shown.phase)
