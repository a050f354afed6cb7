"""What can go wrong between us and a server: each error's `str()` is one plain sentence with its remedy.

The classes stand apart from the driver, so that a command that needs no server never imports one;
`graph.translate` makes them from the driver's exceptions.
"""

from typing import Self


class GraphError(Exception):
    """Something about the database that a person can act upon; `str()` is the sentence."""


class SettingsWrong(GraphError):
    """A setting has a value that cannot be."""


class ServerUnreachable(GraphError):
    """No server answers at the address."""


class CertificateRefused(GraphError):
    """The server shows a certificate that is not trusted here."""


class WrongCredentials(GraphError):
    """The server refused the user name or the password."""


class UnknownDatabase(GraphError):
    """The server has no database of that name."""


class ReadOnlyRefused(GraphError):
    """A statement that would do more than read the graph came through the read-only door.

    `reason` is one of `graph.refusals.Reason`; "" when the server refused without saying more.
    """

    def __init__(self, sentence: str = "", reason: str = "") -> None:
        self.reason = reason
        super().__init__(
            sentence
            or "This statement would change the graph, read files or meddle with the server, and only reading is "
            "allowed here: load term sets with `conceptmap load`."
        )


class QueryTimeout(GraphError):
    """The server stopped a statement that ran past its time limit."""


class QueryStopped(GraphError):
    """Whoever asked had the statement stopped."""

    def __init__(self) -> None:
        super().__init__("The query was stopped.")


class TooManyQueries(GraphError):
    """Others ask so much that there was no turn for this query."""

    @classmethod
    def of(cls, at_once: int) -> Self:
        """What to say when so many may ask at once."""
        which = "One query runs" if at_once == 1 else f"{at_once} queries run"
        return cls(
            f"{which} already and none ended in time: try again in a moment, or raise CONCEPTMAP_QUERIES_AT_ONCE."
        )


class QueryFailed(GraphError):
    """The statement itself is wrong: syntax, an unknown function, a missing parameter.

    `place` is the line and the column (both from 1) where the server stumbled, when it said so.
    """

    def __init__(self, sentence: str = "", place: tuple[int, int] | None = None) -> None:
        self.place = place
        super().__init__(sentence)


class LibraryWrong(GraphError):
    """A query of the library is not written as it must be, or got a parameter that it cannot take."""


class UnknownQuery(GraphError):
    """The library has no query of that name."""


class DiskFull(GraphError):
    """The disk that holds the database has no space left."""


class ServerStartFailed(GraphError):
    """A server of our own did not start."""


class ForeignDatabase(GraphError):
    """The database holds somebody else's terms."""


class SchemaTooNew(GraphError):
    """The database was written by a newer conceptmap."""


class ServerLost(ServerUnreachable):
    """The server went while it answered."""


class CommitUnknown(ServerUnreachable):
    """The server went while it confirmed a transaction: whether that was written must be looked up."""


class GraphChanged(GraphError):
    """Something that does not take the writer's lease changed the graph during a load."""


class WriterBusy(GraphError):
    """Another load holds the graph, or took it over."""


class TransactionStopped(WriterBusy):
    """The server gave up a writing transaction that took too long, or waited too long for another."""
