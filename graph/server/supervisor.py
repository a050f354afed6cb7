"""The small process that owns a bundled server: starts it, restarts it, and ends it after its last user.

It runs in a session of its own, so that Ctrl-C in a user's terminal doesn't reach it, and holds the lock of the
server's folder for life, so that there is never a second one. Users come through its `door`; the child is `java`'s.
"""

import argparse
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, get_args

import filelock
import psutil

from graph import Engine
from graph.errors import GraphError, ServerStartFailed
from graph.server import java
from graph.server.door import Door
from graph.server.engines import EngineModule, engine_module, wait_until_ready
from graph.server.state import Credentials, Paths, Ports, State, explain, lacks_space, tail

log = logging.getLogger("conceptmap.supervisor")
FIRST_USER_PATIENCE = 6.0
START_PATIENCE = 90.0
LOCK_PATIENCE = 60.0
RESTARTS_A_MINUTE = 5
TICK = 0.1
TEND_EVERY = 1.0
KEEPER_PATIENCE = 10.0


@dataclass(frozen=True)
class Options:
    """How the first user wanted the server."""

    linger: float
    heap: str | None


class Supervisor:
    """One life of a bundled server, from its first user to its last."""

    def __init__(self, paths: Paths, module: EngineModule, options: Options) -> None:
        self.paths = paths
        self.module = module
        self.options = options
        self.stopping = False
        self.ready = False
        self.error: GraphError | None = None
        self.deaths: deque[float] = deque()
        self.served = False
        self.unwell = False

    def run(self) -> None:
        """Serve until nobody needs the server. Raises GraphError, OSError when it cannot start."""
        before = State.read(self.paths)
        if java.end_orphan(before, self.paths):
            log.info("ended the server of a supervisor that was killed")
        self.credentials = Credentials.load_or_create(self.paths)
        self.ports = choose_ports(self.module, before)
        self.address = self.module.address(self.credentials, self.ports)
        self.door = Door(self.report)
        self.state = State(os.getpid(), self.door.port, self.door.token, self.ports.bolt, self.ports.http)
        try:
            self.state.write(self.paths)
            self.start()
            self.door.open()
            while not self.is_over():
                self.door.poll(TICK)
                self.look_after_child()
        except (GraphError, OSError) as error:
            self.fail(explain(error, self.paths))
        finally:
            self.end()

    def is_over(self) -> bool:
        allowed = self.options.linger if self.door.had_users else max(FIRST_USER_PATIENCE, self.options.linger)
        return self.stopping or self.door.idle_seconds() > allowed

    def start(self) -> None:
        """Start the child, and a thread that waits for its first answer and tends it from then on."""
        self.ready, self.error = False, None
        launch = self.module.prepare(self.paths, self.credentials, self.ports, self.options.heap)
        self.child = child = java.start(launch, self.paths)
        self.state = replace(self.state, java_pid=child.pid)
        self.state.write(self.paths)
        self.keeper = threading.Thread(target=self.keep, args=(child,), daemon=True)
        self.keeper.start()

    def keep(self, child: "subprocess.Popen[bytes]") -> None:
        def alive() -> bool:
            return child.poll() is None

        try:
            wait_until_ready(self.module, self.address, alive, START_PATIENCE, str(self.paths.server_log))
        except GraphError as error:
            self.error = error
        except Exception as error:
            log.exception("the server could not be set up")
            self.error = ServerStartFailed(
                f"The bundled {self.paths.engine} server could not be set up ({error}): "
                f"see {self.paths.supervisor_log}."
            )
        else:
            self.ready = True
            short = False
            while alive():
                time.sleep(TEND_EVERY)
                with contextlib.suppress(GraphError):
                    self.module.tend(self.address)
                short = self.look_after_disk(short)

    def look_after_disk(self, was_short: bool) -> bool:
        """Whether the disk is full now. A server that does not answer when there is room again is started anew: what
        it could not write it never forgets (Neo4j says itself that it needs to be restarted).
        """
        if lacks_space(self.paths):
            return True
        if was_short and self.module.answers(self.address, self.address.username, self.address.password) != "yes":
            log.warning("the disk was full, and the server does not answer since: it is started anew")
            self.unwell = True
        return False

    def look_after_child(self) -> None:
        if self.unwell:
            self.unwell = False
            self.door.say(None)  # newcomers wait from now on
            self.child.terminate()
        if self.child.poll() is not None:
            self.keeper.join(KEEPER_PATIENCE)
            self.restart()
        elif self.error is not None:
            raise self.error
        elif self.ready and not self.served:
            log.info("ready: process %s on port %s", self.child.pid, self.ports.bolt)
            self.served = True
            self.door.say({"address": asdict(self.address)})

    def restart(self) -> None:
        """Start a child that died again, on the same ports; newcomers wait meanwhile."""
        if not self.served and not self.deaths:
            raise self.error or ServerStartFailed(f"The bundled server ended: see {self.paths.server_log}.")
        now = time.monotonic()
        self.deaths.append(now)
        while now - self.deaths[0] > 60:
            self.deaths.popleft()
        log.warning("the server ended by itself (code %s)", self.child.returncode)
        if len(self.deaths) > RESTARTS_A_MINUTE:
            raise ServerStartFailed(
                f"The bundled {self.paths.engine} server keeps ending by itself: see {self.paths.server_log}."
            )
        self.served = False
        self.door.say(None)
        resume = now + 0.1 * 2 ** len(self.deaths)
        while time.monotonic() < resume:
            self.door.poll(TICK)
        self.start()

    def fail(self, error: GraphError) -> None:
        """Tell those who wait, and those who are about to knock, why there will be no server."""
        log.error("%s", error)
        self.door.say({"error": str(error), "log": tail(self.paths.server_log)})
        give_up = time.monotonic() + FIRST_USER_PATIENCE
        while time.monotonic() < give_up and (self.door.users or not self.door.had_users):
            self.door.poll(TICK)

    def end(self) -> None:
        """Shut the door before the server goes, so that nobody gets the address of a dying one."""
        try:
            with contextlib.suppress(OSError):  # a state file that stays is known to be old: nobody holds the lock
                self.paths.state.unlink(missing_ok=True)
            self.door.close()
        finally:
            if hasattr(self, "child"):
                java.stop(self.child)
        log.info("ended")

    def report(self) -> dict[str, Any]:
        """What `status` answers."""
        child = self.state.java_pid
        return {
            "pid": self.state.supervisor_pid,
            "java_pid": child,
            "port": self.ports.bolt,
            "users": self.door.users,
            "ready": self.served,
        }


def choose_ports(module: EngineModule, before: State | None) -> Ports:
    """Free ports, those of a supervisor that was killed if possible: its users may find the server again."""
    bolt = java.free_port(preferred=before.bolt_port if before else None)
    if not module.needs_http():
        return Ports(bolt)
    return Ports(bolt, java.free_port((bolt,), before.http_port if before else None))


def take_lock(paths: Paths) -> filelock.BaseFileLock | None:
    """The lock of the server's folder; None when another supervisor serves. Raises ServerStartFailed, OSError.

    A supervisor that is ending its server holds the lock too, but has no state file any more: wait for that one.
    """
    lock = filelock.FileLock(paths.lock, mode=0o600)
    deadline = time.monotonic() + LOCK_PATIENCE
    while time.monotonic() < deadline:
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            state = State.read(paths)
            if state is not None and psutil.pid_exists(state.supervisor_pid):
                return None
            time.sleep(0.05)
        else:
            return lock
    raise ServerStartFailed(f"Another process holds {paths.lock} and does not let go: end it, and try again.")


def main() -> int:
    """The program: exit code 1 and one line of JSON when there is no server to be had."""
    parser = argparse.ArgumentParser(prog="graph.server.supervisor")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--engine", choices=get_args(Engine), required=True)
    parser.add_argument("--linger", type=float, required=True)
    parser.add_argument("--heap")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(message)s")
    logging.getLogger("neo4j").setLevel(logging.ERROR)
    paths = Paths(given.home, given.engine)
    try:
        lock = take_lock(paths)
        if lock is None:
            return 0
        supervisor = Supervisor(paths, engine_module(given.engine), Options(given.linger, given.heap))
        obey_signals(supervisor)
        with lock:
            supervisor.run()
    except (GraphError, OSError) as error:
        log.exception("no server")
        sys.stdout.write(json.dumps({"error": str(explain(error, paths))}) + "\n")
        return 1
    return 0


def obey_signals(supervisor: Supervisor) -> None:
    """End in good order when asked to; the terminal's signals are not for us."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        supervisor.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
