"""Runs jobs in processes of their own, and ends one that hangs: by its processor time, so that a busy machine does not count.

A job that raises, that takes too long or too much memory, or that ends its process is a failure like any other.
"""

import multiprocessing
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

import psutil

Job = TypeVar("Job")
MOST_SECONDS = 10.0
MOST_WAIT = 120.0
MOST_MEMORY = 4 << 30
LOOK = 0.25


@dataclass(frozen=True)
class Result(Generic[Job]):
    """A job that is done: what is wrong, or None, and how long it took."""

    job: Job
    wrong: str | None
    seconds: float


def run(
    jobs: Iterable[Job],
    work: Callable[[Job], str | None],
    workers: int | None = None,
    most_seconds: float = MOST_SECONDS,
    most_wait: float = MOST_WAIT,
) -> Iterator[Result[Job]]:
    """The result of each job, as they come. `work` is a function of a module, and says what is wrong, or None."""
    waiting = iter(jobs)
    with tempfile.TemporaryDirectory(prefix="conceptmap-fuzz-") as folder:
        crew: dict[Connection, _Worker[Job]] = {}

        def hire() -> None:
            for job in waiting:
                worker = _Worker(work, folder)
                worker.begin(job)
                crew[worker.connection] = worker
                return

        try:
            for _ in range(workers or os.cpu_count() or 1):
                hire()
            while crew:
                for connection in _ready(crew):
                    result, alive = crew[connection].end()
                    yield result
                    _next(crew, connection, waiting, alive) or hire()
                for connection, worker in list(crew.items()):
                    if reason := worker.overdue(most_seconds, most_wait):
                        yield crew.pop(connection).killed(reason)
                        hire()
        finally:
            for worker in crew.values():
                worker.kill()


def _ready(crew: dict[Connection, "_Worker[Any]"]) -> list[Connection]:
    return [one for one in wait(list(crew), timeout=LOOK) if isinstance(one, Connection)]


def _next(crew: dict[Connection, "_Worker[Any]"], connection: Connection, jobs: Iterator[Any], alive: bool) -> bool:
    """Whether the worker goes on with another job; one that does not is let go."""
    worker = crew[connection]
    if alive:
        for job in jobs:
            worker.begin(job)
            return True
    worker.kill()
    del crew[connection]
    return False


class _Worker(Generic[Job]):
    """A process that does one job after the other."""

    def __init__(self, work: Callable[[Job], str | None], folder: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, folder), daemon=True)
        self.process.start()
        theirs.close()
        self.connection.recv()  # it has begun: to import what it needs takes longer than many a job
        assert self.process.pid is not None
        self.usage = psutil.Process(self.process.pid)
        self.job: Any = None
        self.began = self.used = 0.0

    def begin(self, job: Job) -> None:
        self.job, self.began, self.used = job, time.monotonic(), self._used()
        with suppress(OSError):  # of a process that has just ended, which is seen when its answer is read
            self.connection.send(job)

    def end(self) -> tuple[Result[Job], bool]:
        """The result that has come, and whether the process lives on."""
        try:
            wrong = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            return self._result(f"The process ended (exit code {self.process.exitcode})."), False
        return self._result(wrong), True

    def overdue(self, most_seconds: float, most_wait: float) -> str | None:
        if self._used() - self.used > most_seconds:
            return f"It hangs: more than {most_seconds:g} s of processor time."
        if time.monotonic() - self.began > most_wait:
            return f"It hangs: more than {most_wait:g} s."
        return None

    def killed(self, reason: str) -> Result[Job]:
        self.kill()
        return self._result(reason)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _result(self, wrong: str | None) -> Result[Job]:
        return Result(self.job, wrong, time.monotonic() - self.began)

    def _used(self) -> float:
        try:
            times = self.usage.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)


def _serve(connection: Connection, work: Callable[[Any], str | None], folder: str) -> None:
    tempfile.tempdir = folder
    with suppress(ImportError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    connection.send("ready")
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        try:
            wrong = work(job)
        except Exception:  # noqa: BLE001  whatever it is, it is what we look for
            wrong = traceback.format_exc()
        connection.send(wrong)
