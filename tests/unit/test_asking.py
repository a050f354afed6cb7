"""Whoever asks is never kept by a server that does not answer."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from graph import asking
from graph.asking import Asker, Handle
from graph.errors import QueryStopped, QueryTimeout, TooManyQueries
from graph.limits import Limits


class Frozen:
    """A server that takes connections and answers nothing, also when it is told to end something."""

    engine = "arcadedb"
    separate_reader = True
    most_seconds = 1.0

    def __init__(self) -> None:
        self.thawed = threading.Event()
        self.told: list[str] = []

    @contextmanager
    def reading(self, fetched: int) -> Iterator[Any]:
        self.thawed.wait()
        raise QueryStopped
        yield

    def end_query(self, mark: str) -> None:
        self.told.append(mark)
        self.thawed.wait()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Frozen]:
    monkeypatch.setattr(asking, "GRACE_SECONDS", 0.3)
    server = Frozen()
    yield server
    server.thawed.set()


def test_the_time_limit_holds_though_the_server_hears_nothing(server: Frozen) -> None:
    asker, handle = Asker(server, 0.2, at_once=1), Handle()
    started = time.monotonic()
    with pytest.raises(QueryTimeout):
        asker.ask("RETURN 1", {}, Limits(), handle)
    assert time.monotonic() - started < 5
    assert (server.told, handle.ended.is_set()) == ([handle.mark], False)


def test_what_the_server_ends_sooner_is_told_as_that(server: Frozen) -> None:
    with pytest.raises(QueryTimeout, match="time limit of 1 s"):
        Asker(server, 60.0, at_once=1).ask("RETURN 1", {}, Limits(), Handle())


def test_what_the_server_has_not_let_go_of_keeps_its_turn(server: Frozen) -> None:
    asker = Asker(server, 0.2, at_once=1)
    with pytest.raises(QueryTimeout):
        asker.ask("RETURN 1", {}, Limits(), first := Handle())
    with pytest.raises(TooManyQueries):
        asker.ask("RETURN 2", {}, Limits(), Handle())
    server.thawed.set()
    assert first.ended.wait(5)
    with pytest.raises(QueryStopped):
        asker.ask("RETURN 3", {}, Limits(), Handle())


def test_whoever_has_left_is_not_waited_for(server: Frozen) -> None:
    with pytest.raises(QueryStopped):
        Asker(server, 60.0, at_once=1).ask("RETURN 1", {}, Limits(), Handle(gone=lambda: True))
