"""`conceptmap user` and the refusal to serve everybody, as processes of their own; no server is started for either."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.login.users import Users

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
        return subprocess.run(
            [sys.executable, "-m", "conceptmap", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "CONCEPTMAP_HOME": str(tmp_path)} | settings,
            timeout=120,
        )

    return run


def test_a_user_is_added_listed_and_taken_out(run: Run, tmp_path: Path) -> None:
    file = {"CONCEPTMAP_USERS_FILE": str(tmp_path / "users")}
    added = run("user", "add", "ada", stdin="correct horse\n", **file)
    assert (added.returncode, added.stderr) == (0, "ada may log in now.\n")
    assert Users(tmp_path / "users").check("ada", "correct horse")
    again = run("user", "add", "ada", stdin="battery staple\n", **file)
    assert "another password" in again.stderr
    assert run("user", "list", "--format", "csv", **file).stdout == "name\nada\n"
    assert run("user", "remove", "ada", **file).returncode == 0
    gone = run("user", "remove", "ada", **file)
    assert (gone.returncode, "There is no user 'ada'" in gone.stderr) == (1, True)


def test_a_password_that_is_too_short_is_one_sentence(run: Run, tmp_path: Path) -> None:
    short = run("user", "add", "ada", stdin="x\n", CONCEPTMAP_USERS_FILE=str(tmp_path / "users"))
    assert (short.returncode, short.stderr) == (1, "Error: The password needs 10 to 1000 characters.\n")
    assert not (tmp_path / "users").exists()


def test_where_the_users_are_must_be_said(run: Run) -> None:
    for command in (("add", "ada"), ("remove", "ada"), ("list",)):
        refused = run("user", *command, stdin="correct horse\n")
        assert (refused.returncode, "CONCEPTMAP_USERS_FILE" in refused.stderr) == (2, True), refused.stderr


@pytest.mark.parametrize("command", [("explore", "--host", "0.0.0.0"), ("demo", "--no-open")])
def test_nobody_serves_everybody_by_accident(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    refused = run(*command, CONCEPTMAP_HOST="0.0.0.0")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "Error: Everybody who can reach 0.0.0.0 could read the map: set CONCEPTMAP_USERS_FILE (`conceptmap user add` "
        "makes it) or CONCEPTMAP_TRUSTED_USER_HEADER, or say --no-login.\n"
    )
    assert not list(tmp_path.iterdir()), "no server was started"


@pytest.mark.skipif(os.name != "posix", reason="talks to a terminal")
def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    settings = {"PYTHONPATH": str(ROOT), "CONCEPTMAP_USERS_FILE": str(tmp_path / "users"), "TERM": "xterm"}
    command = [sys.executable, "-m", "conceptmap", "user", "add", "ada"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=kept | settings, cwd=tmp_path, start_new_session=True
    )
    os.close(theirs)
    shown = b""
    for prompt in (b"Password: ", b"Again: "):
        while not shown.endswith(prompt):
            shown += os.read(ours, 1000)
        os.write(ours, b"correct horse\n")
    while b"may log in now." not in shown:
        shown += os.read(ours, 1000)
    assert process.wait(60) == 0
    os.close(ours)
    assert b"correct horse" not in shown
    assert Users(tmp_path / "users").check("ada", "correct horse")
