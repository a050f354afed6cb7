"""A saved file is noticed, however an editor saves it, and others are not."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loader import watch
from loader.watch import Happened, followed

Start = Callable[..., list[Happened]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Watch in a thread; gives the list of what was noticed."""
    stop = threading.Event()

    def start(*paths: Path) -> list[Happened]:
        noticed: list[Happened] = []

        def follow() -> None:
            noticed.extend(followed([str(path) for path in paths], [".yaml"], stop))

        threading.Thread(target=follow, daemon=True).start()
        assert within(noticed, 1)
        noticed.clear()
        return noticed

    yield start
    stop.set()


def within(noticed: list[Happened], count: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while noticed.count(Happened.SAVED) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    return noticed.count(Happened.SAVED) >= count


def test_a_file_that_is_written_or_replaced_is_noticed(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("1", encoding="utf-8")
    noticed = start(path)
    path.write_text("2", encoding="utf-8")
    assert within(noticed, 1)
    (tmp_path / "a.new").write_text("3", encoding="utf-8")
    (tmp_path / "a.new").rename(path)
    assert within(noticed, 2)


def test_a_new_file_in_a_folder_is_noticed_and_a_stranger_is_not(tmp_path: Path, start: Start) -> None:
    noticed = start(tmp_path)
    (tmp_path / "notes.log").write_text("1", encoding="utf-8")
    assert not within(noticed, 1, 1.0)
    (tmp_path / "b.yaml").write_text("1", encoding="utf-8")
    assert within(noticed, 1)


def test_a_pause_is_noticed_once_after_the_last_of_several_saves(
    tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PAUSE_SECONDS", 2.0)
    path, other = tmp_path / "a.yaml", tmp_path / "notes.log"
    path.write_text("0", encoding="utf-8")
    noticed = start(path)
    for number in range(3):
        path.write_text(str(number), encoding="utf-8")
        assert within(noticed, number + 1)
    assert Happened.PAUSED not in noticed
    deadline = time.monotonic() + 20
    while Happened.PAUSED not in noticed and time.monotonic() < deadline:
        other.write_text("a stranger who never rests", encoding="utf-8")
        time.sleep(0.05)
    assert noticed[-1] is Happened.PAUSED
    time.sleep(2.5)
    assert noticed.count(Happened.PAUSED) == 1


def test_a_file_that_is_deleted_and_comes_back_is_noticed(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("1", encoding="utf-8")
    noticed = start(path)
    path.unlink()
    assert within(noticed, 1)
    path.write_text("2", encoding="utf-8")
    assert within(noticed, 2)
