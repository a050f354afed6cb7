"""The supervisor's door: who uses the server, known by the connection that each user holds open.

A user sends one line of JSON with the token from the state file and gets one line back; the kernel closes the
connection when the user's process ends, however it ended. What the answer is, the supervisor decides.
"""

import hmac
import json
import secrets
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph.server.state import LOOPBACK

MOST_BYTES = 1024
PATIENCE = 5.0
Clock = Callable[[], float]


@dataclass(eq=False)
class _Guest:
    connection: socket.socket
    since: float
    heard: bytes = b""
    is_user: bool = False
    answered: bool = False


@dataclass
class Door:
    """A listening socket on the loopback interface, and the users who came in through it."""

    report: Callable[[], dict[str, Any]] = dict
    clock: Clock = time.monotonic
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def __post_init__(self) -> None:
        self._answer: bytes | None = None
        self._guests: set[_Guest] = set()
        self._idle_since = self.clock()
        self.had_users = False
        self._listener = socket.create_server((LOOPBACK, 0), backlog=64)
        self._listener.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ, None)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def users(self) -> int:
        return sum(guest.is_user for guest in self._guests)

    def idle_seconds(self) -> float:
        """For how long nobody has used the server."""
        return 0.0 if self.users else self.clock() - self._idle_since

    def open(self) -> None:
        """Guests are let in from now on: those who came before, while the server was made ready, have not left."""
        self._idle_since = self.clock()

    def say(self, answer: dict[str, Any] | None) -> None:
        """What users are told, those who wait and those to come; None lets them wait."""
        self._answer = None if answer is None else json.dumps(answer).encode() + b"\n"
        for guest in list(self._guests):
            self._tell(guest)

    def poll(self, seconds: float) -> None:
        """Let guests in and out for at most so long."""
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                self._welcome()
            else:
                self._listen_to(key.data)
        for guest in list(self._guests):
            if not guest.is_user and self.clock() - guest.since > PATIENCE:
                self._show_out(guest)

    def close(self) -> None:
        """Shut the door: nobody comes in any more, and who waits for an answer sees that there will be none."""
        self._selector.unregister(self._listener)
        self._listener.close()
        for guest in list(self._guests):
            self._show_out(guest)
        self._selector.close()

    def _welcome(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return  # the guest left before we opened
        connection.setblocking(False)
        guest = _Guest(connection, self.clock())
        self._guests.add(guest)
        self._selector.register(connection, selectors.EVENT_READ, guest)

    def _listen_to(self, guest: _Guest) -> None:
        try:
            heard = guest.connection.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        if not heard:
            self._show_out(guest)
            return
        if guest.is_user:
            return  # a user has nothing more to say
        guest.heard += heard
        if b"\n" in guest.heard:
            self._admit(guest)
        elif len(guest.heard) > MOST_BYTES:
            self._show_out(guest)

    def _admit(self, guest: _Guest) -> None:
        ask = asked(guest.heard, self.token)
        if ask == "lease":
            guest.is_user = self.had_users = True
            self._tell(guest)
            return
        if ask == "status":
            self._send(guest, json.dumps(self.report()).encode() + b"\n")
        self._show_out(guest)

    def _tell(self, guest: _Guest) -> None:
        if self._answer is not None and guest.is_user and not guest.answered:
            guest.answered = True
            self._send(guest, self._answer)

    def _send(self, guest: _Guest, line: bytes) -> None:
        try:
            guest.connection.send(line)  # one short line always fits an empty buffer
        except OSError:
            self._show_out(guest)

    def _show_out(self, guest: _Guest) -> None:
        if guest not in self._guests:
            return
        self._guests.discard(guest)
        self._selector.unregister(guest.connection)
        guest.connection.close()
        if guest.is_user and not self.users:
            self._idle_since = self.clock()


def asked(line: bytes, token: str) -> str | None:
    """What a guest asks for ("lease", "status"), or None when the token is wrong."""
    try:
        request = json.loads(line)
        known = hmac.compare_digest(str(request["token"]).encode(), token.encode())
        return str(request["ask"]) if known else None
    except (ValueError, KeyError, TypeError):
        return None
