"""Who may log in: the users file, the key of sessions, cookies and the count of attempts."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from explorer.app import create_app
from explorer.login import users
from explorer.login.attempts import Attempts
from explorer.login.sessions import Sessions, read_key
from graph.errors import SettingsWrong
from graph.settings import read_settings
from tests.memory import wheel
from tests.unit.login import PASSWORD


def test_a_users_file_is_private_and_holds_no_password(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    assert text.startswith("ada:scrypt:")
    assert PASSWORD not in text


def test_a_user_is_added_changed_and_taken_out(file: Path) -> None:
    assert users.put(file, "Žofie Ж", PASSWORD) is True
    assert users.put(file, "ada", "another password") is False
    known = users.Users(file)
    assert (bool(known.check("ada", "another password")), known.check("ada", PASSWORD)) == (True, "")
    assert known.check("Z\u030cofie Ж", PASSWORD), "the same name in another form of the same letters"
    users.remove(file, "ada")
    assert known.check("ada", "another password") == ""
    assert list(known.all()) == ["Žofie Ж"]
    with pytest.raises(users.UserError, match="no user 'ada'"):
        users.remove(file, "ada")


def test_a_file_without_users_where_others_come_too(file: Path) -> None:
    """Beside a port at which nobody logs in, the first user may come later; else nobody could come at all."""
    users.remove(file, "ada")
    with pytest.raises(SettingsWrong, match="holds no user"):
        users.Users(file)
    known = users.Users(file, nobody_yet=True)
    assert known.check("ada", PASSWORD) == ""
    users.put(file, "bob", PASSWORD)
    assert known.check("bob", PASSWORD)


def test_who_may_read_the_file_stays_as_it_was(file: Path) -> None:
    file.chmod(0o640)
    users.put(file, "bob", PASSWORD)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_whose_file_it_is_stays_as_it_was(file: Path) -> None:
    os.chown(file, 12345, 12345)
    users.put(file, "bob", PASSWORD)
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12345)
    assert sorted(one.name for one in file.parent.iterdir()) == ["users", "users.lock"]


def test_users_that_are_added_at_once_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "many"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: users.put(path, f"user{number}", PASSWORD), range(16)))
    assert len(users.read(path)) == 16


@pytest.mark.parametrize("name", ["", " ada", "a:b", "a,b", "#a", "a\nb", "x" * 101, "a\0b", "\u202eada"])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(users.UserError, match="cannot be a user's name"):
        users.put(tmp_path / "users", name, PASSWORD)
    assert not (tmp_path / "users").exists()


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_that_cannot_be(tmp_path: Path, password: str) -> None:
    with pytest.raises(users.UserError, match="10 to 1000 characters"):
        users.put(tmp_path / "users", "ada", password)


def test_a_line_that_is_no_user_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("# people\nada:secret\n", encoding="utf-8")
    with pytest.raises(SettingsWrong, match="Line 2 of the users file"):
        users.read(path)


def test_a_file_that_goes_or_breaks_lets_nobody_in(file: Path) -> None:
    known = users.Users(file)
    assert known.check("ada", PASSWORD)
    kept = file.read_text(encoding="utf-8")
    file.write_text("broken", encoding="utf-8")
    assert known.check("ada", PASSWORD) == ""
    file.unlink()
    assert known.check("ada", PASSWORD) == ""
    file.write_text(kept, encoding="utf-8")
    assert known.check("ada", PASSWORD)


@pytest.mark.parametrize("text", [None, "", "# nobody\n"])
def test_an_explorer_without_a_user_does_not_start(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "users"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsWrong, match="conceptmap user add"):
        create_app(wheel(1), read_settings(CONCEPTMAP_USERS_FILE=str(path)))  # type: ignore[arg-type]


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "home" / "session.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_key(path), range(16)))
    assert len(keys) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys == {read_key(path)}


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("0123", encoding="utf-8")
    with pytest.raises(SettingsWrong, match="shorter than 32"):
        read_key(tmp_path / "key")


def test_a_cookie_is_read_by_who_has_the_key_and_by_nobody_else() -> None:
    one, other = Sessions("k" * 32, 1), Sessions("o" * 32, 1)
    cookie = one.cookie("ada", "m")
    assert Sessions("k" * 32, 1).read(cookie) == ("ada", "m")
    assert other.read(cookie) == one.read(cookie[:-2]) == one.read("x") == ("", "")
    assert one.name(False) != other.name(False)


def test_a_cookie_ages() -> None:
    assert Sessions("k" * 32, -1 / 3600).read(Sessions("k" * 32, 1).cookie("ada", "m")) == ("", "")


def test_attempts_are_few_in_a_span() -> None:
    now = [0.0]
    tries = Attempts(2, 60, clock=lambda: now[0])
    assert [tries.take("a"), tries.take("a"), tries.take("a"), tries.take("b")] == [0, 0, 60, 0]
    now[0] = 59.5
    assert tries.take("a") == 1
    now[0] = 60.0
    assert tries.take("a") == 0
    tries.forget("b")
    assert [tries.take("b"), tries.take("b"), tries.take("b")] == [0, 0, 60]
