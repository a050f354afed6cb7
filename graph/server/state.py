"""What a bundled server keeps on disk: its folder, its passwords, and who runs it at the moment.

Everything here is for the owner's eyes only (folders 0700, files 0600) and is replaced in one step, so that
a reader never sees half a file. Who starts and ends the server is the business of `supervisor`.
"""

import errno
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from graph import Engine
from graph.errors import GraphError, ServerStartFailed

LOOPBACK = "127.0.0.1"
# After so long a bundled ArcadeDB ends what its reading account runs, whoever asked and with which limit.
READER_SECONDS = 10.0
# Bytes below which a server cannot write any more. Neo4j makes its files longer by 64 MB at a time.
LEAST_SPACE = {"arcadedb": 20_000_000, "neo4j": 80_000_000}
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)


@dataclass(frozen=True)
class Paths:
    """Where the server of one engine keeps its things: `HOME/servers/ENGINE/`."""

    home: Path
    engine: Engine

    @property
    def folder(self) -> Path:
        return self.home / "servers" / self.engine

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def state(self) -> Path:
        return self.folder / "state.json"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def credentials(self) -> Path:
        return self.folder / "credentials.json"

    @property
    def arguments(self) -> Path:
        """Java's command line as a file; its name in the process list is how we know our own children."""
        return self.folder / "java.args"

    @property
    def server_log(self) -> Path:
        return self.logs / "server.log"

    @property
    def supervisor_log(self) -> Path:
        return self.logs / "supervisor.log"

    def create(self) -> None:
        """Make the folders, closed to other users. Raises OSError."""
        self.home.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder.parent, self.folder, self.data, self.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)


@dataclass(frozen=True)
class Ports:
    """The server's ports on the loopback interface; `http` is None where the engine has no use for it."""

    bolt: int
    http: int | None = None


@dataclass(frozen=True)
class Credentials:
    """The two passwords of a bundled server: the account that writes and the one that only reads."""

    password: str
    reader_password: str

    @classmethod
    def load_or_create(cls, paths: Paths) -> Self:
        """The passwords of this folder's server; random ones at its first start. Raises OSError."""
        kept = read_json(paths.credentials)
        if kept is not None and all(isinstance(kept.get(key), str) for key in ("password", "reader_password")):
            return cls(kept["password"], kept["reader_password"])
        made = cls(secrets.token_hex(24), secrets.token_hex(24))  # no sign that a command line reads as an option
        write_private(paths.credentials, json.dumps(asdict(made)))
        return made


@dataclass(frozen=True)
class ServerAddress:
    """All that a user of a bundled server needs to reach it. Neo4j Community has one account for both."""

    engine: Engine
    uri: str
    username: str
    password: str
    reader_username: str
    reader_password: str
    database: str = "neo4j"
    http_url: str | None = None


@dataclass(frozen=True)
class State:
    """Who runs the server: the supervisor's door and token, and the child it watches over."""

    supervisor_pid: int
    port: int
    token: str
    bolt_port: int
    http_port: int | None
    java_pid: int | None = None

    @property
    def ports(self) -> Ports:
        return Ports(self.bolt_port, self.http_port)

    @classmethod
    def read(cls, paths: Paths) -> Self | None:
        """The state on disk, or None when there is none (or none that we understand). Raises OSError."""
        kept = read_json(paths.state)
        if kept is None:
            return None
        known = {field.name for field in fields(cls)}  # a server of another version may run, with more to tell
        try:
            return cls(**{name: value for name, value in kept.items() if name in known})
        except TypeError:
            return None

    def write(self, paths: Paths) -> None:
        """Replace the state on disk. Raises OSError."""
        write_private(paths.state, json.dumps(asdict(self)))


def read_json(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; None when the file is absent or holds something else. Raises OSError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step by one that only its owner can read. Raises OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def keep_short(log: Path, most: int = 5_000_000) -> None:
    """Put a log that has grown large aside, over the one put aside before. Raises OSError."""
    if log.exists() and log.stat().st_size > most:
        log.replace(log.with_name(log.name + ".1"))


def tail(log: Path, most: int = 4_000) -> str:
    """The last part of a log, or nothing where there is no log."""
    try:
        with log.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - most))
            return file.read().decode("utf-8", errors="replace").strip()
    except OSError:
        return ""


def explain(error: Exception, paths: Paths) -> GraphError:
    """The sentence for what went wrong on disk; a sentence that is there already stays."""
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        return ServerStartFailed(f"The folder {paths.home} cannot be written: set CONCEPTMAP_HOME to one that can.")
    if is_full(error, paths):
        return ServerStartFailed(
            f"The disk that holds {paths.home} is full: make room, or set CONCEPTMAP_HOME to a folder on another disk."
        )
    if isinstance(error, GraphError):
        return error
    return ServerStartFailed(f"The bundled {paths.engine} server cannot start in {paths.folder}: {error}.")


def is_full(error: Exception, paths: Paths) -> bool:
    """Whether a lack of space is behind an error: it says so, or there is next to none left."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return lacks_space(paths)


def lacks_space(paths: Paths) -> bool:
    """Whether there is next to no space left on the disk of the data."""
    try:
        return shutil.disk_usage(paths.folder).free < LEAST_SPACE[paths.engine]
    except OSError:
        return False
