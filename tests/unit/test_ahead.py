"""Making the next batch ready while the one before is in use."""

import threading
from collections.abc import Iterator

import pytest

from loader.ahead import ahead


def test_all_come_in_order_and_none_comes_of_nothing() -> None:
    assert list(ahead(range(5))) == [0, 1, 2, 3, 4]
    assert list(ahead([None, 0, ""])) == [None, 0, ""]
    assert list(ahead([])) == []


def test_one_is_made_ready_meanwhile_and_no_more() -> None:
    made: list[int] = []
    ready = threading.Semaphore(0)

    def source() -> Iterator[int]:
        for number in range(4):
            made.append(number)
            ready.release()
            yield number

    items = ahead(source())
    assert next(items) == 0
    assert all(ready.acquire(timeout=10) for _ in range(2))  # the first, and the second while the first is in use
    assert made == [0, 1]
    assert next(items) == 1
    assert ready.acquire(timeout=10)
    assert made == [0, 1, 2]


def test_what_the_source_raises_is_raised_in_its_turn() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise ValueError("the second cannot be made")

    items = ahead(source())
    assert next(items) == 1
    with pytest.raises(ValueError, match="the second"):
        next(items)


def test_who_stops_in_the_middle_leaves_no_thread_behind() -> None:
    items = ahead(range(1000))
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert not [one for one in threading.enumerate() if one.name.startswith("ahead")]
