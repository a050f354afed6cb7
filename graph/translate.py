"""From the driver's exceptions to our sentences, once, at the connection's edge."""

import re
import socket
import ssl
from collections.abc import Iterator

from neo4j import exceptions as driver

from graph.errors import (
    CertificateRefused,
    CommitUnknown,
    DiskFull,
    GraphError,
    QueryFailed,
    QueryTimeout,
    ReadOnlyRefused,
    ServerUnreachable,
    UnknownDatabase,
    WrongCredentials,
)

READ_ONLY_CODES = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
UNREACHABLE = (driver.ServiceUnavailable, driver.SessionExpired, OSError)
TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
TERMINATED = ("Neo.ClientError.Transaction.Terminated", "Neo.ClientError.Transaction.LockClientStopped")
UNFINISHED = "incomplete handshake response"  # so says the driver of who hangs up at its first words
NO_SPACE = ("No space left on device", "Disk quota exceeded")  # the words of the operating system
NO_MEMORY = ("in-heap", "exceeding the maximum of", "queryMaxHeap", "memory pool", "Java heap")
# Codes of mistakes that are the statement's own, whose text helps.
TOLD = ("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.", "Neo.ClientError.Schema.")
PLACES = (
    re.compile(r" ?\(line (\d+), column (\d+) \(offset: \d+\)\)"),
    re.compile(r" ?\bat line (\d+), column (\d+)"),
    re.compile(r" ?\bat line (\d+):(\d+)(?: -)?"),
)
# Names of classes and of settings, addresses of files, of machines.
INSIDES = re.compile(
    r"\b(?:[a-z_]\w*\.){2,}[A-Z]\w*|\b(?:arcadedb|dbms|server|db\.memory)(?:\.\w+)+"
    r"|\b\w+://\S+|(?<![\w/])/(?:[\w.-]+/)+[\w.-]*|\b\d+\.\d+\.\d+\.\d+(?::\d+)?"
)
NO_ACCESS = "Access to database "  # so says ArcadeDB to an account that sees no database of that name
AGAIN = "run the command again, it goes on where it stopped."


def translate(error: Exception, where: str, database: str) -> GraphError:
    """The sentence for an exception of the driver.

    `where` is the server's address and `database` the name that was asked for. The original goes along
    as `__cause__` when the caller raises `from error`.
    """
    if isinstance(error, GraphError):
        return error
    if isinstance(error, ValueError | OverflowError):
        return QueryFailed(
            f"The statement or one of its parameters cannot be sent to the database ({_one_line(str(error))}): "
            "correct that value."
        )
    if isinstance(error, driver.AuthError):
        return WrongCredentials(
            f"The server at {where} refused the user name or password: "
            "check NEO4J_USERNAME and NEO4J_PASSWORD (or NEO4J_PASSWORD_FILE)."
        )
    if isinstance(error, driver.Neo4jError):
        return _translate_server_error(error, where, database)
    if isinstance(error, driver.IncompleteCommit):
        return CommitUnknown(
            f"The server at {where} went while it was writing: start the command again, it goes on where it stopped."
        )
    if isinstance(error, UNREACHABLE):
        return _unreachable(error, where)
    if isinstance(error, driver.DriverError):
        return QueryFailed(f"The driver could not run the statement: {_one_line(str(error))}")
    raise error


def _unreachable(error: Exception, where: str) -> GraphError:
    """Why nobody answers, as far as it can be told from what is behind the exception."""
    behind = list(_behind(error))
    scheme = where.partition("://")[0]
    for one in behind:
        if isinstance(one, ssl.SSLCertVerificationError):
            return CertificateRefused(
                f"The certificate of the server at {where} is not trusted ({_one_line(one.verify_message)}): "
                "name the file of its authority in SSL_CERT_FILE, "
                f"or write {scheme.removesuffix('+s')}+ssc:// to trust any certificate."
            )
        if isinstance(one, socket.gaierror):
            return ServerUnreachable(
                f"The name of the server at {where} is not known: correct NEO4J_URI "
                "(the name of an instance in a cloud may go while it is paused: resume it there)."
            )
    if any(isinstance(one, ssl.SSLError) for one in behind):
        return ServerUnreachable(
            f"The server at {where} does not take up TLS: write {scheme.partition('+')[0]}:// if it has none."
        )
    if any(UNFINISHED in str(one) for one in behind):
        return ServerUnreachable(
            f"What listens at {where} does not speak Bolt like this: write {scheme}+s:// if it wants TLS, "
            "or correct the port in NEO4J_URI."
        )
    if any(isinstance(one, driver.WriteServiceUnavailable) for one in behind):
        return ServerUnreachable(
            f"The cluster at {where} has no server that takes writes now: try again when it has chosen its leader."
        )
    if any(isinstance(one, driver.ReadServiceUnavailable | driver.RoutingServiceUnavailable) for one in behind):
        alone = scheme.replace("neo4j", "bolt")
        return ServerUnreachable(
            f"The server at {where} answers, but not those that it names for reading: correct "
            f"server.bolt.advertised_address there, or write {alone}:// to ask this one alone."
        )
    return ServerUnreachable(f"No database answers at {where}: start the server there, or correct NEO4J_URI.")


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all that led to it; routing keeps a failure for each server that it asked."""
    if error is not None:
        yield error
        for one in (*getattr(error, "exceptions", ()), error.__cause__ or error.__context__):
            yield from _behind(one)


def _translate_server_error(error: driver.Neo4jError, where: str, database: str) -> GraphError:
    code, message = error.code or "", error.message or ""
    if "DatabaseNotFound" in code or message.startswith(NO_ACCESS):
        return UnknownDatabase(f"The server at {where} has no database {database!r}: correct NEO4J_DATABASE.")
    if any(words in message for words in NO_SPACE):
        return DiskFull(f"The disk of the server at {where} is full: make room there, and {AGAIN}")
    if code in READ_ONLY_CODES:
        return ReadOnlyRefused()
    if code.startswith(TIMED_OUT) or code in TERMINATED:
        return QueryTimeout("The statement ran past its time limit and was stopped: narrow it, or add a LIMIT.")
    if isinstance(error, driver.TransientError):
        return ServerUnreachable(f"The server at {where} is busy and gave up ({_one_line(message)}): try again.")
    return QueryFailed(f"The server refused the statement: {_one_line(message)}")


def for_strangers(error: GraphError, before: int = 0) -> GraphError:
    """The same for whoever wrote the statement that failed, with its place, and nothing of the server's insides.

    `before` is how many letters stood before the statement, on its first line.
    """
    cause = error.__cause__
    if type(error) is not QueryFailed or not isinstance(cause, driver.Neo4jError):
        return error
    code, message = cause.code or "", cause.message or ""
    place = _place(message, before)
    told = QueryFailed(_for_strangers(code, message, place), place)
    told.__cause__ = cause
    return told


def _for_strangers(code: str, message: str, place: tuple[int, int] | None) -> str:
    if "OutOfMemory" in code or any(words in message for words in NO_MEMORY):
        return "The query needs more memory than the server gives to one: narrow it, or add a LIMIT."
    if not code.startswith(TOLD):
        return "The server failed at this statement and does not say why: write it another way, or narrow it."
    where = f" at line {place[0]}, column {place[1]}" if place else ""
    reason = next(iter(message.splitlines()), "")  # below it stands the statement, with a mark at the place
    for pattern in PLACES:
        reason = pattern.sub("", reason)
    return f"The server refused the statement{where}: {_one_line(INSIDES.sub('…', reason))}"


def _place(message: str, before: int) -> tuple[int, int] | None:
    """Neo4j counts columns from 1, ArcadeDB from 0."""
    for pattern, first in zip(PLACES, (1, 0, 0), strict=True):
        if match := pattern.search(message):
            line, column = int(match[1]), int(match[2]) + 1 - first
            return line, max(column - before, 1) if line == 1 else column
    return None


def _one_line(text: str, most: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
