"""What a bundled server keeps on disk, and the sentences when the disk doesn't let it."""

import errno
import json
import os
import stat
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.errors import ServerStartFailed
from graph.server import acquire, client, state, status
from graph.server.state import Credentials, Paths, State

posix = pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "home", "arcadedb")
    paths.create()
    return paths


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_folders_and_files_are_for_the_owner_only(paths: Paths) -> None:
    Credentials.load_or_create(paths)
    state.write_private(paths.state, "{}")
    assert {mode(folder) for folder in (paths.folder.parent, paths.folder, paths.data, paths.logs)} == {0o700}
    assert {mode(file) for file in (paths.credentials, paths.state)} == {0o600}


def test_passwords_are_random_and_stay(paths: Paths, tmp_path: Path) -> None:
    first = Credentials.load_or_create(paths)
    assert Credentials.load_or_create(paths) == first
    assert len(first.password) >= 32
    assert first.password != first.reader_password
    assert (first.password + first.reader_password).isalnum()  # a leading "-" would be an option to Neo4j's own tool
    other = Paths(tmp_path / "other", "arcadedb")
    other.create()
    assert Credentials.load_or_create(other) != first


def test_a_private_file_is_replaced_whole_and_leaves_no_draft(paths: Paths) -> None:
    state.write_private(paths.state, "one")
    state.write_private(paths.state, "two")
    assert paths.state.read_text() == "two"
    assert [file.name for file in paths.folder.iterdir() if file.is_file()] == ["state.json"]


def test_state_comes_back_as_it_was_written(paths: Paths) -> None:
    written = State(10, 2000, "token", 2001, None, 11)
    written.write(paths)
    assert State.read(paths) == written


def test_a_server_of_another_version_is_found(paths: Paths) -> None:
    written = State(10, 2000, "token", 2001, None, 11)
    paths.state.write_text(json.dumps(asdict(written) | {"later": True}))
    assert State.read(paths) == written


@pytest.mark.parametrize("text", ["", "{", "[]", '{"of": "another version"}'])
def test_a_state_that_we_do_not_understand_is_no_state(paths: Paths, text: str) -> None:
    paths.state.write_text(text)
    assert State.read(paths) is None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "denied"), "cannot be written: set CONCEPTMAP_HOME"),
        (OSError(errno.EROFS, "read-only"), "cannot be written: set CONCEPTMAP_HOME"),
        (OSError(errno.ENOSPC, "no space"), "is full: make room"),
        (OSError(errno.EIO, "broken"), "cannot start in"),
    ],
)
def test_what_goes_wrong_on_disk_is_one_sentence(paths: Paths, error: OSError, words: str) -> None:
    explained = state.explain(error, paths)
    assert isinstance(explained, ServerStartFailed)
    assert words in str(explained)
    assert "\n" not in str(explained)


def test_a_server_that_fails_for_lack_of_space_says_so(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "LEAST_SPACE", dict.fromkeys(("arcadedb", "neo4j"), 10**18))
    assert "is full" in str(state.explain(ServerStartFailed("It ended."), paths))


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ServerStartFailed, match="cannot be written: set CONCEPTMAP_HOME"):
        acquire(tmp_path / "file", "arcadedb")


class NeverReady:
    """A supervisor that was started and is heard of no more."""

    def has_ended(self) -> bool:
        return False


def test_a_long_download_does_not_count_as_a_start_that_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    knocks: list[float] = []

    def start(*_: object) -> NeverReady:
        now[0] += 10 * client.PATIENCE
        return NeverReady()

    monkeypatch.setattr(
        client, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=lambda _: now.insert(0, now.pop() + 60))
    )
    monkeypatch.setattr(client, "_start", start)
    monkeypatch.setattr(client, "_knock", lambda *_: knocks.append(now[0]))
    with pytest.raises(ServerStartFailed, match="did not start: see"):
        acquire(tmp_path / "home", "arcadedb")
    assert len(knocks) == client.PATIENCE / 60


def test_status_starts_nothing(tmp_path: Path) -> None:
    assert status(tmp_path / "home", "arcadedb") is None
    assert not (tmp_path / "home").exists()


def test_logs_stay_short(paths: Paths) -> None:
    paths.server_log.write_text("x" * 100 + "the end")
    assert state.tail(paths.server_log, 7) == "the end"
    state.keep_short(paths.server_log, 50)
    assert not paths.server_log.exists()
    assert paths.server_log.with_name("server.log.1").exists()
    assert state.tail(paths.server_log) == ""
