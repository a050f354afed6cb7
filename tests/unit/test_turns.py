"""Turns: so many at once, in the order in which they came."""

import threading
import time

import pytest

from graph.errors import QueryStopped, TooManyQueries
from graph.turns import MOST_WAITING, Turns


def take(turns: Turns, patience: float = 5.0) -> None:
    turns.take(patience, lambda: False)


def test_so_many_at_once_and_the_next_when_one_is_given_back() -> None:
    turns = Turns(2)
    take(turns)
    take(turns)
    with pytest.raises(TooManyQueries, match="2 queries run already"):
        take(turns, 0.05)
    turns.give()
    take(turns, 0.05)


def test_who_came_first_goes_first() -> None:
    turns, order = Turns(1), []
    take(turns)

    def wait(name: str) -> None:
        take(turns)
        order.append(name)
        turns.give()

    threads = []
    for name in "ab":
        threads.append(threading.Thread(target=wait, args=(name,)))
        threads[-1].start()
        while len(turns._waiting) < len(threads):
            time.sleep(0.01)
    turns.give()
    for thread in threads:
        thread.join(5)
    assert order == ["a", "b"]
    take(turns, 0.05)


def test_who_goes_leaves_the_queue() -> None:
    turns = Turns(1)
    take(turns)
    with pytest.raises(QueryStopped):
        turns.take(5.0, lambda: True)
    turns.give()
    take(turns, 0.05)


def test_a_queue_has_an_end() -> None:
    turns = Turns(1)
    take(turns)
    waiting = [threading.Thread(target=lambda: take(turns, 5.0), daemon=True) for _ in range(MOST_WAITING)]
    for thread in waiting:
        thread.start()
    while len(turns._waiting) < MOST_WAITING:
        time.sleep(0.01)
    with pytest.raises(TooManyQueries):
        take(turns, 5.0)
    for _ in waiting:
        turns.give()
    for thread in waiting:
        thread.join(5)
