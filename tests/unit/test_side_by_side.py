"""Several at once, each in a thread of its own."""

import threading
import time
from collections.abc import Iterator

import pytest

from loader.side_by_side import side_by_side


def test_all_are_done_and_none_of_nothing() -> None:
    assert sorted(side_by_side(range(9), lambda number: number * 2, 2)) == list(range(0, 18, 2))
    assert list(side_by_side([], lambda item: item, 2)) == []


def test_as_many_as_wanted_are_under_way_and_no_more() -> None:
    together = threading.Barrier(3)
    now, most = [0], [0]
    lock = threading.Lock()

    def work(number: int) -> int:
        with lock:
            now[0] += 1
            most[0] = max(now[0], most[0])
        together.wait(20)  # breaks unless three are here at once
        with lock:
            now[0] -= 1
        return number

    assert sorted(side_by_side(range(6), work, 3)) == list(range(6))
    assert most == [3]


def test_what_one_raises_is_raised_when_the_others_are_through_and_no_other_begins() -> None:
    begun: list[int] = []
    through: list[int] = []
    raised = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 1:
            raised.set()
            raise ValueError("one")
        assert raised.wait(20)
        through.append(number)
        return number

    given: list[int] = []
    with pytest.raises(ValueError, match="one"):
        given.extend(side_by_side(range(9), work, 2))
    assert (sorted(begun), through) == ([0, 1], [0])


def test_the_items_are_made_as_they_are_wanted() -> None:
    made: list[int] = []

    def source() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    results = side_by_side(source(), lambda number: number, 2)
    next(results)
    assert len(made) == 2


def test_an_item_that_cannot_be_made_is_told_when_those_under_way_are_through() -> None:
    gone_on = threading.Event()
    through: list[int] = []

    def source() -> Iterator[int]:
        yield 0
        gone_on.set()
        raise ValueError("the second cannot be made")

    def work(number: int) -> None:
        assert gone_on.wait(20)
        time.sleep(0.05)
        through.append(number)

    with pytest.raises(ValueError, match="the second"):
        list(side_by_side(source(), work, 2))
    assert through == [0]


def test_meanwhile_is_called_as_long_as_none_ends_and_what_it_raises_ends_it() -> None:
    called = threading.Semaphore(0)
    assert list(side_by_side([7], lambda one: called.acquire(timeout=20) and one, 2, called.release, 0.01)) == [7]

    enough = threading.Event()

    def lost() -> None:
        enough.set()
        raise ValueError("lost")

    through: list[bool] = []
    with pytest.raises(ValueError, match="lost"):
        list(side_by_side(range(9), lambda _: through.append(enough.wait(20)), 2, lost, 0.01))
    assert through == [True, True]


def test_who_is_interrupted_waits_for_nobody() -> None:
    never = threading.Event()

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(side_by_side(range(9), lambda _: never.wait(60), 2, interrupted, 0.01))
    never.set()
