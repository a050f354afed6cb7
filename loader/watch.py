"""Follows files: says when one of them, or one in a folder of them, was saved, and when the author pauses."""

import time
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from threading import Event

from watchfiles import watch

QUIET_MS = 50
PATIENCE_MS = 200
PAUSE_SECONDS = 4.0


class Happened(Enum):
    """What an author did."""

    SAVED = "saved"
    PAUSED = "paused"


def followed(paths: Sequence[str], endings: Sequence[str], stop: Event | None = None) -> Iterator[Happened]:
    """SAVED once it watches, then after each change of the files, or of files with an ending in the folders.

    PAUSED comes once when some seconds have gone by after that. What changes while the caller is at work is not
    missed. Editors save by renaming, so a file is watched through its folder. Ends with `stop`. Raises OSError when a
    folder is not there.
    """
    wanted = _concerns(paths, endings)
    folders = sorted({str(path if path.is_dir() else path.parent) for path in map(Path, paths)})
    found = watch(
        *folders,
        watch_filter=None,  # a change that is none of ours must not keep time from passing
        step=QUIET_MS,
        rust_timeout=PATIENCE_MS,
        yield_on_timeout=True,
        stop_event=stop,
        recursive=False,
    )
    at_work = False
    for number, changes in enumerate(found):
        if number == 0 or any(wanted(Path(path)) for _, path in changes):
            yield Happened.SAVED
            saved, at_work = time.monotonic(), True
        elif at_work and time.monotonic() - saved >= PAUSE_SECONDS:
            at_work = False
            yield Happened.PAUSED


def _concerns(paths: Sequence[str], endings: Sequence[str]) -> Callable[[Path], bool]:
    named = [Path(path).resolve() for path in paths]
    folders = {path for path in named if path.is_dir()}
    files = set(named) - folders

    def concerns(path: Path) -> bool:
        real = path.parent.resolve() / path.name
        return real in files or (real.parent in folders and real.suffix.lower() in endings)

    return concerns
