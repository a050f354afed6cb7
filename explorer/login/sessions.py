"""How one stays logged in: a signed cookie, and the key that signs it, which explorers may share.

The cookie says who, by which password (only a mark of its hash), and when; it is checked at each request, so that
a user who is taken out, or gets another password, is out everywhere.
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from filelock import FileLock
from itsdangerous import BadData, URLSafeTimedSerializer

from graph.errors import SettingsWrong
from graph.settings import Settings

SHORTEST_KEY = 32
HOUR = 3600


def key_file(settings: Settings) -> Path:
    """Where the key is."""
    return settings.session_key_file or settings.home / "session.key"


def read_key(path: Path) -> str:
    """The key of a file, which is made when it is not there: only its owner may read it. Raises SettingsWrong.

    Of several that make it at once, one does, and all read the same.
    """
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise SettingsWrong(
            f"The session key {path} cannot be read or made ({reason}): "
            "name another file in CONCEPTMAP_SESSION_KEY_FILE."
        ) from error
    if len(key) < SHORTEST_KEY:
        raise SettingsWrong(
            f"The session key in {path} is shorter than {SHORTEST_KEY} characters: "
            "remove the file, and a new one is made."
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        if path.exists():
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # its mode is 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
        Path(temporary).replace(path)


class Sessions:
    """Makes and reads cookies. `hours` is how long one holds."""

    def __init__(self, key: str, hours: float) -> None:
        self.seconds = round(hours * HOUR)
        self._signer = URLSafeTimedSerializer(key, salt="conceptmap session")
        # Cookies know no ports: each explorer of a machine has its own, replicas have the same.
        self._name = "conceptmap-" + hashlib.sha256(f"cookie {key}".encode()).hexdigest()[:8]

    def name(self, https: bool) -> str:
        """What the cookie is called; over https browsers hold it to this host."""
        return f"__Host-{self._name}" if https else self._name

    def cookie(self, user: str, mark: str) -> str:
        """The cookie of somebody who has logged in."""
        return str(self._signer.dumps([user, mark]))

    def read(self, cookie: str) -> tuple[str, str]:
        """Who, and the mark of the password; empty when it is not ours, or too old."""
        try:
            told: Any = self._signer.loads(cookie, max_age=self.seconds)
        except BadData:
            return "", ""
        return str(told[0]), str(told[1])
