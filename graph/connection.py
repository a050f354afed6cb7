"""A connection to one graph database: reading and writing with our own statements, and asking a person's own.

Reads go through a driver of their own, with an account that can only read where the server has one, and in a cluster
to a replica; bookmarks see to it that it has what this connection has seen or written before.
All transactions are managed by the driver, which repeats them after a passing fault; its exceptions
become a `GraphError` here and nowhere else.
"""

import asyncio
import math
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions as driver_errors

from graph import server
from graph.asking import Asker, Handle
from graph.drivers import Accounts, Way, bookmarks, driver
from graph.errors import (
    CertificateRefused,
    DatabaseBroken,
    DiskFull,
    GraphError,
    QueryFailed,
    QueryTimeout,
    ServerUnreachable,
    TransactionStopped,
)
from graph.limits import Limits, QueryResult
from graph.outage import Outage
from graph.settings import Settings
from graph.statements import statement
from graph.translate import AGAIN, TIMED_OUT, translate

Row = dict[str, Any]
Result = TypeVar("Result")
READ_RETRY_SECONDS = 3.0
WRITE_RETRY_SECONDS = 0.5
PATIENCE_SECONDS = 90.0
WRITE_SECONDS = 60.0
PAUSE_SECONDS = 0.5
STALE = ("Neo.TransientError.Transaction.BookmarkTimeout", "Neo.ClientError.Transaction.InvalidBookmark", TIMED_OUT)


@dataclass
class Writing:
    """A transaction under way: `run` a statement of `cypher/`, and what the server counted so far."""

    transaction: neo4j.ManagedTransaction
    counters: dict[str, int] = field(default_factory=dict)

    def run(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run `cypher/<name>.cypher`; gives its rows."""
        result = self.transaction.run(statement(name).text, parameters)
        rows = [dict(record) for record in result]
        for key, value in vars(result.consume().counters).items():
            if isinstance(value, int) and not isinstance(value, bool) and not key.startswith("_"):
                self.counters[key] = self.counters.get(key, 0) + value
        return rows


class Graph:
    """An open connection; use it as a context manager, or call `close`. Safe to share among threads."""

    def __init__(
        self,
        accounts: Accounts,
        settings: Settings,
        lease: server.ServerLease | None = None,
        notify: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._outage = Outage(lambda: notify(f"The server at {self.where} does not answer. Waiting for it …"))
        self.accounts = accounts
        self.settings = settings
        self._lease = lease
        self._left = False
        self._agent: str | None = None
        self._asker = Asker(self, settings.query_timeout, settings.queries_at_once)
        try:
            self._bookmarks = bookmarks(accounts.uri)
            self._reader = driver(accounts.uri, accounts.reader, READ_RETRY_SECONDS)
            self._writer = driver(accounts.uri, accounts.writer, WRITE_RETRY_SECONDS)
        except (driver_errors.ConfigurationError, ValueError) as error:
            raise ServerUnreachable(
                f"{self.where!r} is no address of a database: correct NEO4J_URI (such as bolt://host:7687)."
            ) from error

    @classmethod
    def open(
        cls,
        settings: Settings,
        notify: Callable[[str], None] = lambda text: None,
        lease: server.ServerLease | None = None,
    ) -> Self:
        """Connect to the server that the settings name, or to the bundled one, which is started if need be.

        `notify` gets a sentence when something takes long (a download, a server that is away for a while); a `lease` on
        the bundled server that is held already is taken over. Raises GraphError.
        """
        if settings.neo4j_uri:
            writer = (settings.neo4j_username, settings.password())
            accounts = Accounts(settings.neo4j_uri, settings.neo4j_database, writer, settings.read_account() or writer)
            return cls(accounts, settings, None, notify)
        lease = lease or server.acquire(settings.home, settings.engine, notify=notify)
        address = lease.address
        accounts = Accounts(
            uri=address.uri,
            database=address.database,
            writer=(address.username, address.password),
            reader=(address.reader_username, address.reader_password),
            http_url=address.http_url,
            bundled=True,
        )
        return cls(accounts, settings, lease, notify)

    @classmethod
    def by(cls, way: Way) -> Self:
        """A connection of another process by the way that it was given; the bundled server is held by who gave it."""
        graph = cls(way.accounts, way.settings)
        graph._bookmarks = bookmarks(way.accounts.uri, way.bookmarks)
        return graph

    def anew(self) -> "Graph":
        """Connections of their own to the same server: those that Ctrl-C met within a message are of no more use."""
        anew = Graph(self.accounts, self.settings)
        anew._bookmarks = self._bookmarks
        return anew

    def way(self) -> Way:
        """For another process."""
        seen = () if self._bookmarks is None else self._bookmarks.get_bookmarks()
        return Way(self.accounts, self.settings, tuple(seen))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exc: object) -> None:
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            self.leave()
        else:
            self.close()

    def close(self) -> None:
        """End the connection; the bundled server goes when its last user has."""
        if not self._left:
            self._reader.close()
            self._writer.close()
            self.leave()

    def leave(self) -> None:
        """Give the bundled server back when the process is about to end, without a word to the database.

        A connection that was interrupted within a message, or on which a thread still reads, cannot take its leave.
        """
        self._left = True
        if self._lease is not None:
            self._lease.close()

    @property
    def where(self) -> str:
        """The server's address without credentials, for people to read."""
        parts = urlsplit(self.accounts.uri)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def agent(self) -> str:
        """What the server calls itself, such as "Neo4j/5.26.12". Raises GraphError when it does not answer."""
        if self._agent is None:
            with self._translated():
                self._agent = str(self._reader.get_server_info().agent)
        return self._agent

    @property
    def engine(self) -> str:
        """ "arcadedb" or "neo4j", whichever answers."""
        return "arcadedb" if "arcadedb" in self.agent.lower() else "neo4j"

    def ping(self) -> None:
        """Raises GraphError unless the database answers a query."""
        self.read("explore/ping")

    def read(self, name: str, /, **parameters: Any) -> list[Row]:
        """The rows of `cypher/<name>.cypher`, read-only. Raises GraphError."""

        @neo4j.unit_of_work(timeout=self.settings.query_timeout)
        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            return [dict(record) for record in tx.run(statement(name).text, parameters)]

        with self._bookmarks_renewed(), self._session(self._reader, neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def read_all(self, name: str, /, **parameters: Any) -> list[Row]:
        """As `read`, for results of any size: without a time limit, as patient as `write`, through its account."""
        return self.fold(name, list, **parameters)

    def fold(self, name: str, /, make: Callable[[Iterator[Row]], Result], **parameters: Any) -> Result:
        """What `make` makes of the rows as they come, none of which is kept; it may be called anew after a fault."""

        def work(tx: neo4j.ManagedTransaction) -> Result:
            return make(dict(record) for record in tx.run(statement(name).text, parameters))

        return self._patiently(neo4j.READ_ACCESS, lambda session: session.execute_read(work))

    def write(
        self, work: Callable[[Writing], Result], timeout: float | None = None, patience: float = PATIENCE_SECONDS
    ) -> tuple[Result, dict[str, int]]:
        """Run `work` in one managed transaction: all of it or nothing. Gives its result and the counters.

        `work` may be called again after a passing fault, so it must not keep anything of its own. A server that is
        away is waited for, up to `patience` seconds. Raises CommitUnknown when it went at the very end, and
        TransactionStopped after `timeout` seconds (on Neo4j, where others would wait for what the transaction holds).
        """

        @neo4j.unit_of_work(timeout=timeout or WRITE_SECONDS)
        def attempt(tx: neo4j.ManagedTransaction) -> tuple[Result, dict[str, int]]:
            writing = Writing(tx)
            return work(writing), writing.counters

        try:
            return self._patiently(neo4j.WRITE_ACCESS, lambda session: session.execute_write(attempt), patience)
        except QueryTimeout as error:
            raise TransactionStopped(
                f"The server at {self.where} gave up what was being written, for it took too long: "
                "run the command again, it goes on where it stopped."
            ) from error

    def define(self, name: str) -> None:
        """Run a schema statement; servers want each in a transaction of its own."""
        with self._disk_looked_at(), self._session(self._writer, neo4j.WRITE_ACCESS) as session:
            session.run(statement(name).text).consume()

    def define_sql(self, sql: str) -> bool:
        """Run SQL on a bundled ArcadeDB; false where the server has no such door."""
        if self._lease is None or self.accounts.http_url is None:
            return False
        for command in filter(None, (part.strip() for part in sql.split(";"))):
            with self._disk_looked_at():
                server.run_sql(self._lease.address, command)
        return True

    def query(
        self,
        text: str,
        parameters: dict[str, Any] | None = None,
        limits: Limits = Limits(),  # noqa: B008 - it is frozen
        handle: Handle | None = None,
    ) -> QueryResult:
        """A person's own Cypher, read-only for real, within the limits, when it is its turn.

        Another thread may stop it through the `handle`; Ctrl-C stops it too. Raises ReadOnlyRefused for anything that
        does more than read the graph, QueryFailed, QueryTimeout, QueryStopped, TooManyQueries, ServerLost.
        """
        return self._asker.ask(text, parameters or {}, limits, handle or Handle())

    @property
    def separate_reader(self) -> bool:
        """Whether reading goes through an account of its own."""
        return self.accounts.separate_reader

    @property
    def most_seconds(self) -> float:
        """How long the server lets the reading account's queries run, whatever limit they have."""
        return server.READER_SECONDS if self.accounts.bundled and self.engine == "arcadedb" else math.inf

    def reading(self, fetched: int) -> AbstractContextManager[neo4j.Session]:
        """A session of the reading account that fetches so many rows at once; the driver's exceptions become ours."""
        return self._session(self._reader, neo4j.READ_ACCESS, fetched)

    def end_query(self, mark: str) -> None:
        """End the query that carries this mark, on the server. Raises GraphError when the server cannot be told."""
        with self.reading(100) as session:
            session.run(statement("console/stop").text, mark=mark).consume()

    def _patiently(
        self, access: str, job: Callable[[neo4j.Session], Result], patience: float = PATIENCE_SECONDS
    ) -> Result:
        deadline = time.monotonic() + patience
        waiting = False
        try:
            while True:
                try:
                    with (
                        self._bookmarks_renewed(),
                        self._disk_looked_at(),
                        self._session(self._writer, access) as session,
                    ):
                        return job(session)
                except GraphError as error:
                    if not _may_pass(error) or time.monotonic() >= deadline:
                        raise
                    if not waiting:
                        waiting = True
                        self._outage.begin()
                time.sleep(PAUSE_SECONDS)
        finally:
            if waiting:
                self._outage.end()

    @contextmanager
    def _session(self, driver: neo4j.Driver, access: str, fetched: int = 1000) -> Iterator[neo4j.Session]:
        try:
            with (
                self._translated(),
                driver.session(
                    database=self.accounts.database,
                    default_access_mode=access,
                    fetch_size=fetched,
                    bookmark_manager=self._bookmarks,
                ) as session,
            ):
                try:
                    yield session
                except KeyboardInterrupt:
                    # Perhaps within a message, and a statement may run on for long: not a word more, the connection is
                    # dropped, and the server undoes what was not confirmed. This is how the driver wants to be told.
                    session.__exit__(asyncio.CancelledError, None, None)  # type: ignore[no-untyped-call]
                    raise
        except Exception as error:
            # Ctrl-C within a message of the driver's own: what it raises then tells of the message alone.
            if _hides_interrupt(error):
                raise KeyboardInterrupt from error
            raise

    @contextmanager
    def _bookmarks_renewed(self) -> Iterator[None]:
        """A database that was restored may never get where our bookmarks are, which looks like a statement of ours that
        takes too long: they are forgotten then.
        """
        try:
            yield
        except GraphError as error:
            if isinstance(error.__cause__, driver_errors.Neo4jError) and _is_stale(error.__cause__):
                self._bookmarks = bookmarks(self.accounts.uri)
            raise

    @contextmanager
    def _disk_looked_at(self) -> Iterator[None]:
        """A bundled server does not say why it could not write, or ends: so the disk is asked."""
        try:
            yield
        except (QueryFailed, ServerUnreachable) as error:
            if self.accounts.bundled and server.is_disk_full(self.settings.home, self.settings.engine):
                raise DiskFull(
                    f"The disk that holds {self.settings.home} is full: make room there, and {AGAIN}"
                ) from error
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (driver_errors.Neo4jError, driver_errors.DriverError, OSError, ValueError, OverflowError) as error:
            raise translate(error, self.where, self.accounts.database) from error


def _hides_interrupt(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def _may_pass(error: GraphError) -> bool:
    cause = error.__cause__
    if isinstance(error, CertificateRefused):
        return False
    if isinstance(error, DatabaseBroken):
        return True  # a bundled server is restarted by its supervisor, another one perhaps by somebody
    return isinstance(cause, driver_errors.Neo4jError | driver_errors.DriverError) and cause.is_retryable()


def _is_stale(error: driver_errors.Neo4jError) -> bool:
    return (error.code or "").startswith(STALE)
