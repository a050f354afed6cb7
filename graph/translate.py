"""From the driver's exceptions to our sentences, once, at the connection's edge."""

from neo4j import exceptions as driver

from graph.errors import (
    GraphError,
    QueryFailed,
    QueryTimeout,
    ReadOnlyRefused,
    ServerUnreachable,
    UnknownDatabase,
    WrongCredentials,
)

READ_ONLY_CODES = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
UNREACHABLE = (driver.ServiceUnavailable, driver.SessionExpired, driver.IncompleteCommit, OSError)
TIMEOUT_WORDS = ("timeout", "timed out", "transactiontimedout", "transaction.terminated")
NOT_ALLOWED_WORDS = ("not allowed", "not authorized", "securityexception")


def translate(error: Exception, where: str, database: str) -> GraphError:
    """The sentence for an exception of the driver.

    `where` is the server's address and `database` the name that was asked for. The original goes along
    as `__cause__` when the caller raises `from error`.
    """
    if isinstance(error, GraphError):
        return error
    if isinstance(error, driver.ConfigurationError | ValueError):
        return ServerUnreachable(
            f"{where!r} is no address of a database: correct NEO4J_URI (such as bolt://host:7687)."
        )
    if isinstance(error, driver.AuthError):
        return WrongCredentials(
            f"The server at {where} refused the user name or password: "
            "check NEO4J_USERNAME and NEO4J_PASSWORD (or NEO4J_PASSWORD_FILE)."
        )
    if isinstance(error, driver.Neo4jError):
        return _translate_server_error(error, where, database)
    if isinstance(error, UNREACHABLE):
        return ServerUnreachable(f"No database answers at {where}: start the server there, or correct NEO4J_URI.")
    if isinstance(error, driver.DriverError):
        return QueryFailed(f"The driver could not run the statement: {_one_line(str(error))}")
    raise error


def _translate_server_error(error: driver.Neo4jError, where: str, database: str) -> GraphError:
    code, message = error.code or "", error.message or ""
    text = f"{code} {message}".lower()
    if "DatabaseNotFound" in code or ("database" in text and "does not exist" in text):
        return UnknownDatabase(f"The server at {where} has no database {database!r}: correct NEO4J_DATABASE.")
    if code in READ_ONLY_CODES or any(word in text for word in NOT_ALLOWED_WORDS):
        return ReadOnlyRefused(
            "This statement would change the graph or read files, and only reading is allowed here: "
            "load term sets with `conceptmap load`."
        )
    if any(word in text for word in TIMEOUT_WORDS):
        return QueryTimeout("The statement ran past its time limit and was stopped: narrow it, or add a LIMIT.")
    if isinstance(error, driver.TransientError):
        return ServerUnreachable(f"The server at {where} is busy and gave up ({_one_line(message)}): try again.")
    return QueryFailed(f"The server refused the statement: {_one_line(message)}")


def _one_line(text: str, most: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
