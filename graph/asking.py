"""A person's own query: judged before it runs, held to limits, in its turn, and stopped on the server when told to.

The query runs in a thread of its own. Whoever asked waits for that, and goes when the time is up even if the server
does not let go; its turn is given to the next only when the server has ended it, for that long it takes a core there.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import neo4j
from neo4j import exceptions as driver_errors

from graph import values
from graph.errors import GraphError, QueryFailed, QueryStopped, QueryTimeout, ReadOnlyRefused, ServerLost
from graph.read_only import by_plan, by_words, for_arcadedb, writing
from graph.refusals import Refusal
from graph.translate import for_strangers
from graph.turns import Turns

EXPLAIN = "EXPLAIN "
MARK = "conceptmap"  # the key of a transaction's metadata under which cypher/console/stop.cypher looks
ROWS = 1000
BYTES = 10_000_000
CELL_BYTES = 100_000
FETCHED_AT_ONCE = 250
BEGIN_SECONDS = 3.0
GRACE_SECONDS = 3.0
STOP_AGAIN_SECONDS = 0.3
EMPTY = "The query is empty: write a statement such as MATCH (t:Term) RETURN t.name LIMIT 10."
NO_READER = (
    "This ArcadeDB account may write, and ArcadeDB does not hold it to reading: "
    "set CONCEPTMAP_READ_USERNAME and CONCEPTMAP_READ_PASSWORD_FILE to an account that may only read."
)
LOST = (
    "The server went while it answered, or the connection broke: if it ran out of memory it comes back by itself, "
    "so narrow the query, or add a LIMIT."
)
TOO_DEEP = "A value of the answer lies too deep within others to be told: return its parts."
TOO_LONG = "The statement ran past its time limit of {seconds:g} s and was stopped: narrow it, or add a LIMIT."


@dataclass(frozen=True)
class Limits:
    """What a query may give at most: rows, bytes of all rows, bytes of one cell, and seconds (None: the setting's)."""

    rows: int = ROWS
    bytes: int = BYTES
    cell_bytes: int = CELL_BYTES
    seconds: float | None = None


@dataclass(frozen=True)
class Cut:
    """A limit that was reached: which, how much it is, and how many rows or cells are there or concerned."""

    what: Literal["rows", "bytes", "cells"]
    limit: int
    count: int

    @property
    def sentence(self) -> str:
        """What the person who asked is told."""
        if self.what == "rows":
            return f"The first {self.limit:,} rows; there are more."
        if self.what == "bytes":
            return f"The first {self.count:,} rows, for all together may hold {self.limit:,} bytes; there are more."
        cells = "One cell holds" if self.count == 1 else f"{self.count:,} cells hold"
        return f"{cells} more than {self.limit:,} bytes, the rest of it is left out (…)."


@dataclass(frozen=True)
class QueryResult:
    """What a person's query gave: plain values (see `graph.values`), within its limits; `cuts` are those it reached.

    `truncated` when there were more rows, `seconds` that it took after `waited` seconds for its turn.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool
    seconds: float
    cuts: tuple[Cut, ...] = ()
    waited: float = 0.0


class Handle:
    """A query under way, for another thread to look at and to stop. One handle serves one query."""

    def __init__(self, waits: Callable[[int], None] = lambda ahead: None) -> None:
        self.mark = secrets.token_hex(12)
        self.ahead: int | None = None
        self.stopped = False
        self.ended = threading.Event()
        self._waits = waits

    def stop(self) -> None:
        """Have the query end, on the server too; who waits for it gets QueryStopped. Safe to repeat, and too late."""
        self.stopped = True

    def wait(self, seconds: float) -> bool:
        """Wait for the end of the query; whether it has ended on the server."""
        return self.ended.wait(seconds)

    def waiting(self, ahead: int) -> None:
        """It is not our turn: so many wait before us. Whoever gave `waits` is told."""
        self.ahead = ahead
        self._waits(ahead)


class Server(Protocol):
    """What asking needs of a connection."""

    @property
    def engine(self) -> str:
        """ "arcadedb" or "neo4j"."""

    @property
    def separate_reader(self) -> bool:
        """Whether the account that reads is not the one that writes."""

    def reading(self, fetched: int) -> AbstractContextManager[neo4j.Session]:
        """A session of the reading account that fetches so many rows at once; the driver's exceptions become ours."""

    def end_query(self, mark: str) -> None:
        """End what carries this mark, on the server. Raises GraphError when that cannot be told to it."""


@dataclass
class _Running:
    """What the thread that asks and the one that waits for it share."""

    handle: Handle
    done: threading.Event = field(default_factory=threading.Event)
    result: QueryResult | None = None
    error: BaseException | None = None


class Asker:
    """Asks what people ask, some at once."""

    def __init__(self, server: Server, seconds: float, at_once: int) -> None:
        self._server = server
        self._seconds = seconds
        self.turns = Turns(at_once)

    def ask(self, text: str, parameters: dict[str, Any], limits: Limits, handle: Handle) -> QueryResult:
        """The answer to a statement, read-only for real. What is raised is told at `Graph.query`."""
        seconds = limits.seconds or self._seconds
        self._refuse_words(text)
        came = time.monotonic()
        self.turns.take(3 * seconds, handle.waiting, lambda: handle.stopped)
        handle.ahead = 0
        running = _Running(handle)
        thread = threading.Thread(
            target=self._run,
            args=(running, text, parameters, limits, seconds, time.monotonic() - came),
            name=f"query-{handle.mark}",
            daemon=True,
        )
        try:
            thread.start()
        except RuntimeError:  # the machine gives no more of them
            self.turns.give()
            raise
        return self._await(running, seconds)

    def _refuse_words(self, text: str) -> None:
        if not text.strip():
            raise QueryFailed(EMPTY)
        refuse(by_words(text))
        if self._server.engine == "arcadedb":
            if not self._server.separate_reader:
                raise ReadOnlyRefused(NO_READER)
            refuse(for_arcadedb(text))

    def _await(self, running: _Running, seconds: float) -> QueryResult:
        """Wait for the answer, for the wish to stop, and for the time to be up, whichever comes first."""
        handle = running.handle
        deadline = time.monotonic() + seconds
        try:
            while not running.done.wait(0.02 if handle.stopped else 0.1):
                if handle.stopped:
                    self._end(running)
                    raise QueryStopped
                if time.monotonic() >= deadline:
                    handle.stop()  # or it would still begin, where it has not yet
                    self._end(running)
                    raise QueryTimeout(TOO_LONG.format(seconds=seconds))
        except KeyboardInterrupt:
            handle.stop()
            self._end(running)
            raise
        return self._outcome(running, seconds)

    def _outcome(self, running: _Running, seconds: float) -> QueryResult:
        if running.result is not None and not running.handle.stopped:
            return running.result
        if running.handle.stopped:
            raise QueryStopped
        if isinstance(running.error, QueryTimeout):
            raise QueryTimeout(TOO_LONG.format(seconds=seconds)) from running.error
        raise running.error or QueryStopped()

    def _end(self, running: _Running) -> None:
        """Have the server end the query, and wait a little until it has; longer than that it keeps its turn."""
        give_up = time.monotonic() + GRACE_SECONDS
        while not running.done.is_set() and time.monotonic() < give_up:
            with suppress(GraphError):
                self._server.end_query(running.handle.mark)
            running.done.wait(STOP_AGAIN_SECONDS)

    def _run(
        self,
        running: _Running,
        text: str,
        parameters: dict[str, Any],
        limits: Limits,
        seconds: float,
        waited: float,
    ) -> None:
        handle = running.handle
        try:
            if self._server.engine == "neo4j":
                self._refuse_plan(handle, text, parameters, seconds)
            running.result = self._told(handle, text, parameters, limits, seconds, waited)
        except ReadOnlyRefused as error:
            running.error = error if error.reason else ReadOnlyRefused(*_told(writing(text)))
        except RecursionError as error:
            running.error = QueryFailed(TOO_DEEP)
            running.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            running.error = error
        finally:
            self.turns.give()
            running.done.set()
            handle.ended.set()

    def _refuse_plan(self, handle: Handle, text: str, parameters: dict[str, Any], seconds: float) -> None:
        plan = neo4j.Query(EXPLAIN + text, {MARK: handle.mark}, seconds)
        try:
            with self._server.reading(FETCHED_AT_ONCE) as session:
                summary = session.run(plan, parameters).consume()
        except QueryFailed as error:
            raise for_strangers(error, len(EXPLAIN)) from error.__cause__
        refuse(by_plan(summary.query_type, summary.plan))

    def _told(
        self, handle: Handle, text: str, parameters: dict[str, Any], limits: Limits, seconds: float, waited: float
    ) -> QueryResult:
        try:
            return self._answer(handle, text, parameters, limits, seconds, waited)
        except QueryFailed as error:
            raise for_strangers(error) from error.__cause__

    def _answer(
        self, handle: Handle, text: str, parameters: dict[str, Any], limits: Limits, seconds: float, waited: float
    ) -> QueryResult:
        with self._begun(handle, min(limits.rows + 1, FETCHED_AT_ONCE), seconds) as transaction:
            if handle.stopped:
                raise QueryStopped
            started = time.monotonic()
            try:
                result = transaction.run(self._marked(text, handle), parameters)
                found = _Found(limits)
                for record in result:
                    if not found.add(record.values()):
                        break
            except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired) as error:
                raise ServerLost(LOST) from error
            if found.more:
                self._leave_rest(handle)
            else:
                transaction.commit()  # here ArcadeDB refuses what a reader changed of what was there before
            return QueryResult(
                tuple(result.keys()), tuple(found.rows), found.more, time.monotonic() - started, found.cuts(), waited
            )

    def _leave_rest(self, handle: Handle) -> None:
        """ArcadeDB works through all rows that are left before it closes a transaction, unless it is told to end it."""
        if self._server.engine == "arcadedb":
            with suppress(GraphError):
                self._server.end_query(handle.mark)

    @contextmanager
    def _begun(self, handle: Handle, fetched: int, seconds: float) -> Iterator[neo4j.Transaction]:
        """A transaction that has begun: until then a passing fault is tried again, from then on nothing is."""
        give_up = time.monotonic() + BEGIN_SECONDS
        while True:
            with self._server.reading(fetched) as session:
                try:
                    transaction = session.begin_transaction({MARK: handle.mark}, seconds)
                except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired):
                    if handle.stopped or time.monotonic() >= give_up:
                        raise
                    time.sleep(STOP_AGAIN_SECONDS)
                    continue
                try:
                    yield transaction
                finally:
                    with suppress(driver_errors.Neo4jError, driver_errors.DriverError):
                        transaction.close()  # it only read, and may have been ended meanwhile
                return

    def _marked(self, text: str, handle: Handle) -> str:
        """ArcadeDB tells of a query its text alone: a mark at the end of it moves no line and no column."""
        return f"{text}\n/* {handle.mark} */" if self._server.engine == "arcadedb" else text


class _Found:
    """The rows so far, within the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows: list[tuple[Any, ...]] = []
        self.more = False
        self._bytes = 0
        self._cells = 0

    def add(self, row: Sequence[Any]) -> bool:
        """Take one more row; false when there is no room for it."""
        if len(self.rows) >= self.limits.rows:
            self.more = True
            return False
        cells = [values.fitted(values.plain(value), self.limits.cell_bytes) for value in row]
        size = sum(taken for _, taken, _ in cells)
        if self.rows and self._bytes + size > self.limits.bytes:
            self.more = True
            return False
        self._bytes += size
        self._cells += sum(cut for *_, cut in cells)
        self.rows.append(tuple(value for value, *_ in cells))
        return True

    def cuts(self) -> tuple[Cut, ...]:
        """The limits that were reached."""
        found: list[Cut] = []
        if self.more and len(self.rows) >= self.limits.rows:
            found.append(Cut("rows", self.limits.rows, len(self.rows)))
        elif self.more:
            found.append(Cut("bytes", self.limits.bytes, len(self.rows)))
        if self._cells:
            found.append(Cut("cells", self.limits.cell_bytes, self._cells))
        return tuple(found)


def refuse(refusal: Refusal | None) -> None:
    """Raises ReadOnlyRefused when there is a reason to."""
    if refusal is not None:
        raise ReadOnlyRefused(*_told(refusal))


def _told(refusal: Refusal) -> tuple[str, str]:
    return refusal.sentence, refusal.reason.value
