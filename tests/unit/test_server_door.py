"""The supervisor's door: who counts as a user, who is told what, and when nobody is there any more."""

import json
import socket
from collections.abc import Iterator

import pytest

from graph.server import door as doors
from graph.server.door import Door, asked


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Iterator[Door]:
    door = Door(lambda: {"users": door.users}, clock)
    yield door
    door.close()


def knock(door: Door, ask: str = "lease", token: str | None = None) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", door.port), timeout=5)
    connection.sendall(json.dumps({"token": token or door.token, "ask": ask}).encode() + b"\n")
    settle(door)
    return connection


def is_out(connection: socket.socket) -> bool:
    try:
        return connection.recv(1000) == b""
    except ConnectionResetError:
        return True


def settle(door: Door) -> None:
    for _ in range(5):
        door.poll(0.02)


def test_a_user_waits_for_the_answer_and_counts_until_the_connection_ends(door: Door, clock: Clock) -> None:
    with knock(door) as user:
        assert door.users == 1
        door.say({"address": "here"})
        assert json.loads(user.recv(1000)) == {"address": "here"}
        clock.now += 50
        assert door.idle_seconds() == 0
    settle(door)
    assert door.users == 0
    clock.now += 3
    assert door.idle_seconds() == 3


def test_a_later_user_is_answered_at_once(door: Door) -> None:
    door.say({"address": "here"})
    with knock(door) as user:
        assert json.loads(user.recv(1000)) == {"address": "here"}


def test_newcomers_wait_while_the_server_is_started_again(door: Door) -> None:
    door.say({"address": "here"})
    door.say(None)
    with knock(door) as user:
        user.settimeout(0.05)
        with pytest.raises(TimeoutError):
            user.recv(1000)
        door.say({"address": "here again"})
        user.settimeout(5)
        assert json.loads(user.recv(1000)) == {"address": "here again"}


def test_a_wrong_token_is_shown_out(door: Door) -> None:
    door.say({"address": "here"})
    with knock(door, token="guessed") as stranger:
        assert stranger.recv(1000) == b""
    assert not door.had_users


def test_status_is_answered_and_makes_no_user(door: Door) -> None:
    with knock(door, "status") as asker:
        assert json.loads(asker.recv(1000)) == {"users": 0}
        assert asker.recv(1000) == b""
    assert not door.had_users


def test_who_says_nothing_or_too_much_is_shown_out(door: Door, clock: Clock) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as silent:
        settle(door)
        clock.now += doors.PATIENCE + 1
        settle(door)
        assert silent.recv(1000) == b""
    with socket.create_connection(("127.0.0.1", door.port), timeout=5) as loud:
        loud.sendall(b"x" * (doors.MOST_BYTES + 10))
        settle(door)
        assert is_out(loud)


def test_a_door_that_closes_gives_no_address(door: Door) -> None:
    closing = Door()
    user = knock(closing)
    late = socket.create_connection(("127.0.0.1", closing.port), timeout=5)
    closing.close()
    with user, late:
        assert is_out(user)
        assert is_out(late)


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"\xff", b'{"token": "right"}', b'{"token": 1, "ask": "lease"}'])
def test_a_line_that_is_no_request_is_nothing(line: bytes) -> None:
    assert asked(line, "right") is None
