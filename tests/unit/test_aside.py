"""A job in a thread of its own, and what goes on beside it."""

import threading

import pytest

from loader.aside import aside


def test_the_job_gives_its_result_or_what_it_raises() -> None:
    def broken() -> None:
        raise ValueError("broken")

    assert aside(lambda: 7) == 7
    with pytest.raises(ValueError, match="broken"):
        aside(broken)


def test_a_job_that_takes_too_long_is_left() -> None:
    done = threading.Event()
    assert aside(done.wait, seconds=0.05) is None
    done.set()


def test_something_is_done_again_and_again_meanwhile() -> None:
    done = threading.Event()
    calls: list[int] = []

    def call() -> None:
        calls.append(1)
        if len(calls) == 3:
            done.set()

    assert aside(lambda: done.wait(30), meanwhile=call, every=0.0) is True
    assert len(calls) >= 3


def test_what_goes_wrong_meanwhile_ends_the_wait() -> None:
    done = threading.Event()

    def gone() -> None:
        raise ValueError("the lease is lost")

    with pytest.raises(ValueError, match="lost"):
        aside(lambda: done.wait(30), meanwhile=gone, every=0.0)
    done.set()
