"""Who may log in: a file with a line for each user, `name:hash`, written by `conceptmap user`.

The hashes are werkzeug's scrypt. A file that changes counts from the next question on; one that cannot be read lets
nobody in.
"""

import hashlib
import logging
import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock
from werkzeug.security import check_password_hash, generate_password_hash

from graph.errors import SettingsWrong

log = logging.getLogger(__name__)
METHOD = "scrypt:32768:8:3"
HASH = re.compile(r"scrypt:\d{1,8}:\d{1,3}:\d{1,3}\$[A-Za-z0-9]{8,64}\$[0-9a-f]{128}")
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 1000
LONGEST_NAME = 100
AT_ONCE = 2


class UserError(Exception):
    """A name or a password that cannot be; `str()` is the sentence."""


def checked_name(name: str) -> str:
    """The name in its one form. Raises UserError for one that no line of the file and no header could hold."""
    plain = unicodedata.normalize("NFC", name)
    if not plain or plain != plain.strip() or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise UserError(f"{name!r} cannot be a user's name: take 1 to {LONGEST_NAME} letters, without spaces around.")
    if set(plain) & set(":,#"):
        raise UserError(f"{name!r} cannot be a user's name: colon, comma and # are not allowed in it.")
    return plain


def hashed(password: str) -> str:
    """The hash of a password. Raises UserError when it is too short or too long."""
    plain = unicodedata.normalize("NFC", password)
    if not SHORTEST_PASSWORD <= len(plain) <= LONGEST_PASSWORD:
        raise UserError(f"The password needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    return generate_password_hash(plain, METHOD)


def parse(text: str, where: object) -> dict[str, str]:
    """Names and hashes of a file's text. Raises SettingsWrong with the line that is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hash_ = line.partition(":")
        if not name or not HASH.fullmatch(hash_.strip()):
            raise SettingsWrong(
                f"Line {number} of the users file {where} is no user: "
                "take it out, and add him by `conceptmap user add`."
            )
        found[unicodedata.normalize("NFC", name)] = hash_.strip()
    return found


def read(path: Path) -> dict[str, str]:
    """The users of a file. Raises SettingsWrong when it cannot be read."""
    try:
        return parse(path.read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(
            f"The users file {path} (CONCEPTMAP_USERS_FILE) cannot be read ({_reason(error)}): "
            "make it by `conceptmap user add NAME`."
        ) from error


def put(path: Path, name: str, password: str) -> bool:
    """Add a user, or give him another password; whether he is new. Raises UserError, SettingsWrong."""
    name, hash_ = checked_name(name), hashed(password)
    with _locked(path):
        there = read(path) if path.exists() else {}
        _write(path, {**there, name: hash_})
    return name not in there


def remove(path: Path, name: str) -> None:
    """Take a user out. Raises UserError when there is none of that name, SettingsWrong."""
    with _locked(path):
        there = read(path)
        plain = unicodedata.normalize("NFC", name)
        if plain not in there:
            raise UserError(f"There is no user {name!r}: `conceptmap user list` shows who there is.")
        _write(path, {key: value for key, value in there.items() if key != plain})


def mark(hash_: str) -> str:
    """What a session remembers of a password: another one ends it."""
    return hashlib.sha256(hash_.encode()).hexdigest()[:16]


class Users:
    """The users of a file, read anew when it has changed. Safe among threads.

    `nobody_yet`: the file may hold none, for others than those who log in come too.
    """

    def __init__(self, path: Path, nobody_yet: bool = False) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._busy = threading.BoundedSemaphore(AT_ONCE)
        self._seen: tuple[int, ...] = ()
        self._users: dict[str, str] = {}
        # So that the answer to an unknown name takes as long as that to a wrong password.
        self._nobody = generate_password_hash("nobody", METHOD)
        if not read(path) and not nobody_yet:
            raise SettingsWrong(f"The users file {path} holds no user: add one by `conceptmap user add NAME`.")

    def all(self) -> Mapping[str, str]:
        """Names and hashes as the file says now; nobody when it cannot be read."""
        with self._lock:
            try:
                state = self._path.stat()
                now = (state.st_mtime_ns, state.st_size, state.st_ino)
                if now != self._seen:
                    self._users, self._seen = read(self._path), now
            except (OSError, SettingsWrong) as error:
                log.error("Nobody can log in: %s", error)
                self._users, self._seen = {}, ()
            return self._users

    def check(self, name: str, password: str) -> str:
        """The hash of this user when the password is his, else ""."""
        plain = unicodedata.normalize("NFC", password)
        known = self.all().get(unicodedata.normalize("NFC", name), "")
        with self._busy:  # each takes 32 MB
            right = check_password_hash(known or self._nobody, plain[: LONGEST_PASSWORD + 1])
        return known if right and known else ""


def _locked(path: Path) -> FileLock:
    if not path.resolve().parent.is_dir():
        raise SettingsWrong(f"There is no folder {path.resolve().parent} for the users file: make it first.")
    return FileLock(f"{path.resolve()}.lock")


def _write(path: Path, users: Mapping[str, str]) -> None:
    """Replace the file as a whole; who may read it stays as it is."""
    target = path.resolve()
    text = "".join(f"{name}:{hash_}\n" for name, hash_ in sorted(users.items()))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".users-")  # its mode is 0600
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            if target.exists():
                _keep_readers(target, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsWrong(f"The users file {path} cannot be written ({_reason(error)}).") from error


def _keep_readers(target: Path, temporary: Path) -> None:
    """An explorer that runs as somebody else shall go on reading what root has changed."""
    state = target.stat()
    temporary.chmod(state.st_mode & 0o777)
    if hasattr(os, "chown") and (state.st_uid, state.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(temporary, state.st_uid, state.st_gid)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
