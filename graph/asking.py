"""A person's own query: judged before it runs, held to limits, in its turn, and stopped on the server when told to.

The query runs in a thread of its own. Whoever asked waits for that, and goes when the time is up even if the server
does not let go; its turn is given to the next only when the server has ended it, for that long it takes a core there.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

import neo4j
from neo4j import exceptions as driver_errors

from graph.errors import GraphError, QueryFailed, QueryStopped, QueryTimeout, ReadOnlyRefused, ServerLost
from graph.limits import Found, Limits, QueryResult
from graph.read_only import by_plan, by_words, for_arcadedb, writing
from graph.refusals import Refusal
from graph.translate import for_strangers
from graph.turns import Turns

EXPLAIN = "EXPLAIN "
MARK = "conceptmap"  # the key of a transaction's metadata under which cypher/console/stop.cypher looks
FETCHED_AT_ONCE = 250
BEGIN_SECONDS = 3.0
GRACE_SECONDS = 3.0
LOOK_SECONDS = 0.1
EARLY_SECONDS = 0.5
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


class Handle:
    """A query under way, by which another thread stops it; `ended` once the server has let go of it.

    `gone()` tells whether whoever asked has left, which stops it too. One handle serves one query.
    """

    def __init__(self, mark: str = "", gone: Callable[[], bool] = lambda: False) -> None:
        self.mark = mark or secrets.token_hex(12)
        self.ended = threading.Event()
        self._gone = gone
        self._stopped = False

    def stop(self) -> None:
        """Have the query end, on the server too; who waits for it gets QueryStopped. Safe to repeat, and too late."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """Whether nobody wants the answer any more."""
        self._stopped = self._stopped or self._gone()
        return self._stopped


class Server(Protocol):
    """What asking needs of a connection."""

    @property
    def engine(self) -> str:
        """ "arcadedb" or "neo4j"."""

    @property
    def separate_reader(self) -> bool:
        """Whether the account that reads is not the one that writes."""

    @property
    def most_seconds(self) -> float:
        """After how long the server ends a reader's query by itself."""

    def reading(self, fetched: int) -> AbstractContextManager[neo4j.Session]:
        """A session of the reading account that fetches so many rows at once; the driver's exceptions become ours."""

    def end_query(self, mark: str) -> None:
        """End what carries this mark, on the server. Raises GraphError when that cannot be told to it."""


@dataclass
class _Running:
    """What the thread that asks and the one that waits for it share."""

    handle: Handle
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
        seconds = min(limits.seconds or self._seconds, self._server.most_seconds)
        self._refuse_words(text)
        came = time.monotonic()
        self.turns.take(3 * seconds, lambda: handle.stopped)
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
            while not handle.ended.wait(LOOK_SECONDS):
                if handle.stopped:
                    self._end(handle)
                    raise QueryStopped
                if time.monotonic() >= deadline:
                    handle.stop()  # or it would still begin, where it has not yet
                    self._end(handle)
                    raise QueryTimeout(TOO_LONG.format(seconds=seconds))
        except KeyboardInterrupt:
            handle.stop()
            self._end(handle)
            raise
        return self._outcome(running, seconds, time.monotonic() < deadline - EARLY_SECONDS)

    def _outcome(self, running: _Running, seconds: float, early: bool) -> QueryResult:
        """`early`: it ended before its time was up: another process of ours ended it, that was asked to."""
        if running.result is not None and not running.handle.stopped:
            return running.result
        if running.handle.stopped or (early and isinstance(running.error, QueryTimeout)):
            raise QueryStopped
        if isinstance(running.error, QueryTimeout):
            raise QueryTimeout(TOO_LONG.format(seconds=seconds)) from running.error
        raise running.error or QueryStopped()

    def _end(self, handle: Handle) -> None:
        """Have the server end the query, and wait a little until it has; longer than that it keeps its turn.

        A server that does not answer must not keep whoever waits: a thread of its own tells it.
        """
        threading.Thread(target=self._tell_to_end, args=(handle,), name=f"end-{handle.mark}", daemon=True).start()
        handle.ended.wait(GRACE_SECONDS)

    def _tell_to_end(self, handle: Handle) -> None:
        give_up = time.monotonic() + GRACE_SECONDS
        while not handle.ended.wait(0) and time.monotonic() < give_up:
            with suppress(GraphError):
                self._server.end_query(handle.mark)
            handle.ended.wait(STOP_AGAIN_SECONDS)

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
                found = Found(limits)
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


def refuse(refusal: Refusal | None) -> None:
    """Raises ReadOnlyRefused when there is a reason to."""
    if refusal is not None:
        raise ReadOnlyRefused(*_told(refusal))


def _told(refusal: Refusal) -> tuple[str, str]:
    return refusal.sentence, refusal.reason.value
