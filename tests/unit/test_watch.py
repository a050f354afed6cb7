"""A saved file is noticed, however an editor saves it, and others are not."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loader.watch import saved

Start = Callable[..., list[float]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Watch in a thread; gives the list of moments at which something was noticed."""
    stop = threading.Event()

    def start(*paths: Path) -> list[float]:
        noticed: list[float] = []

        def follow() -> None:
            noticed.extend(time.monotonic() for _ in saved([str(path) for path in paths], [".yaml"], stop))

        threading.Thread(target=follow, daemon=True).start()
        assert within(noticed, 1)
        noticed.clear()
        return noticed

    yield start
    stop.set()


def within(noticed: list[float], count: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while len(noticed) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    return len(noticed) >= count


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
