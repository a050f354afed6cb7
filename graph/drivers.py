"""Where a database is and who we are there; the driver to it, and what its sessions have seen of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import neo4j
from neo4j.api import BookmarkManager

from graph.settings import Settings


@dataclass(frozen=True)
class Accounts:
    """Where the server is and who we are there, for writing and for reading."""

    uri: str
    database: str
    writer: tuple[str, str]
    reader: tuple[str, str]
    http_url: str | None = None
    bundled: bool = False

    @property
    def separate_reader(self) -> bool:
        return self.reader != self.writer


@dataclass(frozen=True)
class Way:
    """How another process of ours gets to the same database, and what it must have seen of it."""

    accounts: Accounts
    settings: Settings
    bookmarks: tuple[str, ...]


def bookmarks(uri: str, seen: Iterable[str] = ()) -> BookmarkManager | None:
    """What was seen last, for all sessions of a connection; of no use where all go to one server."""
    if not uri.startswith("neo4j"):
        return None
    return neo4j.GraphDatabase.bookmark_manager(initial_bookmarks=neo4j.Bookmarks.from_raw_values(seen))


def driver(uri: str, account: tuple[str, str], retry_seconds: float) -> neo4j.Driver:
    """A driver that gives up after so many seconds. Raises ConfigurationError, ValueError for what is no address."""
    return neo4j.GraphDatabase.driver(
        uri,
        auth=account,
        connection_timeout=5.0,
        connection_acquisition_timeout=15.0,
        max_transaction_retry_time=retry_seconds,
        initial_retry_delay=0.1,
        liveness_check_timeout=30.0,
        notifications_min_severity="OFF",
        user_agent="conceptmap",
    )
