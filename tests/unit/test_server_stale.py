"""What is on disk after a supervisor that was killed, and who may answer at its port by then."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import filelock
import pytest

from graph.server import ServerAddress, acquire, java, status
from graph.server.arcadedb import ArcadeDB
from graph.server.door import Door
from graph.server.state import Paths, State
from graph.server.supervisor import Options, Supervisor

ADDRESS = ServerAddress("arcadedb", "bolt://127.0.0.1:20001", "w", "w", "r", "r")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "home", "arcadedb")
    paths.create()
    return paths


@pytest.fixture
def stranger(paths: Paths) -> Iterator[socket.socket]:
    """A listener of somebody else, at the port that the state names."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        State(1, listener.getsockname()[1], "the token", 20001, 20002).write(paths)
        listener.settimeout(0.2)
        yield listener


def test_the_state_of_a_killed_supervisor_sends_nobody_to_its_port(paths: Paths, stranger: socket.socket) -> None:
    assert status(paths.home, "arcadedb") is None
    with pytest.raises(TimeoutError):
        stranger.accept()


def test_an_answer_that_is_no_json_is_none(paths: Paths, stranger: socket.socket) -> None:
    def answer() -> None:
        connection, _ = stranger.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.0 400 Bad Request\r\n")

    stranger.settimeout(10)
    thread = threading.Thread(target=answer)
    thread.start()
    with filelock.FileLock(paths.lock):
        assert status(paths.home, "arcadedb") is None
    thread.join()


def test_who_waits_at_a_port_of_the_past_learns_of_the_new_door(paths: Paths, stranger: socket.socket) -> None:
    def move() -> None:
        mute, _ = stranger.accept()
        with mute, closing(Door()) as door:
            door.say({"address": asdict(ADDRESS)})
            State(1, door.port, door.token, 20001, 20002).write(paths)
            while not door.had_users:
                door.poll(0.1)

    stranger.settimeout(10)
    thread = threading.Thread(target=move)
    thread.start()
    with filelock.FileLock(paths.lock), acquire(paths.home, "arcadedb") as lease:
        assert lease.address == ADDRESS
    thread.join()


class Slow(ArcadeDB):
    """A server that takes its time to be made ready."""

    def prepare(self, paths: Paths, *_: object) -> java.Launch:
        time.sleep(1.0)
        program = paths.folder / "java"
        program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
        program.chmod(0o700)
        return java.Launch(program, ())


@pytest.mark.skipif(os.name != "posix", reason="a shell stands for Java")
def test_whoever_knocks_while_the_server_is_made_ready_is_let_in(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server.supervisor.FIRST_USER_PATIENCE", 0.5)
    slow = Supervisor(paths, Slow(), Options(0.1, None))
    thread = threading.Thread(target=slow.run)
    thread.start()
    while not (state := State.read(paths)):
        time.sleep(0.01)
    with socket.create_connection(("127.0.0.1", state.port)) as knock:
        knock.sendall(json.dumps({"token": state.token, "ask": "lease"}).encode() + b"\n")
        time.sleep(2.0)
        assert (slow.door.had_users, thread.is_alive()) == (True, True)
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize(("answer", "anew"), [("not yet", True), ("yes", False)])
def test_a_server_that_does_not_answer_after_its_disk_was_full_is_started_anew(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, answer: str, anew: bool
) -> None:
    full = [True]
    monkeypatch.setattr("graph.server.supervisor.lacks_space", lambda paths: full[0])
    monkeypatch.setattr(ArcadeDB, "answers", lambda *_: answer)
    supervisor = Supervisor(paths, ArcadeDB(), Options(1.0, None))
    supervisor.address = ADDRESS
    supervisor.door = Door()
    supervisor.door.say({"address": "here"})
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as supervisor.child:
        assert supervisor.look_after_disk(was_short=False)
        supervisor.look_after_child()
        assert supervisor.child.poll() is None, "it cannot start while the disk is full"
        full[0] = False
        assert not supervisor.look_after_disk(was_short=True)
        supervisor.ready = supervisor.served = True
        monkeypatch.setattr(supervisor, "restart", lambda: None)
        supervisor.look_after_child()
        if anew:
            assert supervisor.child.wait(10) is not None
        assert (supervisor.door._answer is None) == anew, "newcomers wait until it is there again"
        supervisor.child.kill()
    supervisor.door.close()


def test_the_server_is_stopped_also_when_the_state_cannot_be_removed(paths: Paths) -> None:
    supervisor = Supervisor(paths, ArcadeDB(), Options(1.0, None))
    supervisor.door = Door()
    paths.state.mkdir()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as supervisor.child:
        supervisor.end()
        assert supervisor.child.poll() is not None
