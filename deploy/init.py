"""The secrets of a stack of containers, made at its first start: `init` of docker-compose.yml.

Three files in a folder that only containers see: the database's password for us, the same as the database wants it,
and the key that signs sessions; and beside them the file of users, with nobody in it. Whatever is there stays as it is,
so that this may run at every start.
"""

import os
import secrets
import sys
from pathlib import Path

PASSWORD, AUTH, KEY = "neo4j-password", "neo4j-auth", "session.key"
OURS, SHARED, OWN = 0o400, 0o440, 0o600  # the group is that of the database's user, which may read what is shared
SHORTEST = 8  # as Neo4j has it


class Refused(Exception):
    """The secrets cannot be made; `str()` is a sentence with the remedy."""


def make(folder: Path, given: Path | None) -> list[str]:
    """Make what is missing and tell of it. `given` is a file with the password; empty, it counts for nothing."""
    wanted, told = _given(given), []
    password = _read(folder / PASSWORD)
    if password and wanted and wanted != password:
        raise Refused(
            "The database keeps the password of its first start, and the file of CONCEPTMAP_PASSWORD_FILE has another: "
            "take that variable away."
        )
    if not password:
        password = wanted or secrets.token_urlsafe(24)
        _write(folder / PASSWORD, password, OURS)
        told.append("The database's password is the given one." if wanted else "The database has a new password.")
    if _read(folder / AUTH) != f"neo4j/{password}":
        _write(folder / AUTH, f"neo4j/{password}", SHARED)
    if not _read(folder / KEY):
        _write(folder / KEY, secrets.token_hex(32), OURS)
        told.append("Sessions have a new key.")
    return told or ["The secrets are there."]


def _given(path: Path | None) -> str:
    if path is None or not path.exists():
        return ""
    try:
        password = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"The file of CONCEPTMAP_PASSWORD_FILE cannot be read ({error}): let the user {os.getuid()} read it."
        ) from error
    if password and (len(password) < SHORTEST or "/" in password or not password.isprintable()):
        raise Refused(
            f"The password in the file of CONCEPTMAP_PASSWORD_FILE is none that Neo4j takes: write one line of "
            f"{SHORTEST} characters or more, without a slash."
        )
    return password


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _write(path: Path, text: str, mode: int) -> None:
    """Put a file there whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text + "\n")
    draft.replace(path)


def main(folder: str = "/secrets", given: str = "/given/password", users: str = "/users/users") -> int:
    """Make the secrets and the file of users; the exit code."""
    try:
        for sentence in make(Path(folder), Path(given)):
            print(sentence)
        Path(users).touch(OWN)
    except Refused as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
