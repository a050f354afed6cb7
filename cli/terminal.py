"""The terminal of a person at work: sentences and progress on stderr, which leaves standard output to the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from loader.printing import escaped

if TYPE_CHECKING:
    # Only a name for the types: a command that needs no server must not import its driver.
    from loader.run import Watcher

err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A sentence on what goes on."""
    err.print(escaped(text))


def say_error(error: Exception | str) -> None:
    """A sentence on what went wrong."""
    err.print(f"[red]Error:[/red] {escaped(str(error))}")


@contextmanager
def watcher() -> "Iterator[Watcher]":
    """A progress bar, silent when stderr is no terminal."""
    from loader.run import Watcher

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} rows"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield Watcher(say, progress)
