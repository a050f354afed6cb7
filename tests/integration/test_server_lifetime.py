"""The life of a bundled server, with real processes: found, shared, restarted, and gone after its last user."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import neo4j
import psutil
import pytest

from graph import Engine
from graph.errors import GraphError, ServerStartFailed
from graph.server import ServerAddress, ServerLease, acquire, arcadedb, jars, run_sql, status
from graph.server.state import Credentials, Paths, State
from graph.server.supervisor import RESTARTS_A_MINUTE
from tests.conftest import missing

LINGER = 1.0
ENDING = 5.0
USER = """
import json, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background has it ignored
from dataclasses import asdict
from pathlib import Path
from graph.server import acquire
lease = acquire(Path(sys.argv[1]), sys.argv[2], linger=float(sys.argv[3]))
print(json.dumps(asdict(lease.address)), flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tests end processes by signals")


@dataclass
class Home:
    """A folder of its own, and what runs in it."""

    path: Path
    engine: Engine

    @property
    def paths(self) -> Paths:
        return Paths(self.path, self.engine)

    def acquire(self) -> ServerLease:
        return acquire(self.path, self.engine, linger=LINGER)

    def state(self) -> State:
        state = State.read(self.paths)
        assert state is not None
        return state

    def java(self) -> psutil.Process:
        return psutil.Process(self.state().java_pid)

    def processes(self) -> list[psutil.Process]:
        """All that belongs to this home: supervisors and servers, whoever started them."""
        found = []
        for process in psutil.process_iter(["cmdline", "status"]):
            ours = any(str(self.path) in part for part in process.info["cmdline"] or ())
            if ours and process.info["status"] != psutil.STATUS_ZOMBIE and "-c" not in process.info["cmdline"]:
                found.append(process)
        return found

    def is_quiet(self) -> bool:
        return not self.processes()

    def user(self) -> "subprocess.Popen[str]":
        """Another process that uses the server."""
        return subprocess.Popen(
            [sys.executable, "-c", USER, str(self.path), self.engine, str(LINGER)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(params=[pytest.param(name, marks=getattr(pytest.mark, name)) for name in ("arcadedb", "neo4j")])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A folder whose name is not of ASCII's letters, passwords that look like options, a user without a locale."""
    monkeypatch.setenv("LC_ALL", "C")
    home = Home(tmp_path / "hjemmeøya", request.param)
    provide(home.engine)
    home.paths.create()
    passwords = asdict(Credentials("-a-password-to-write", "-a-password-to-read"))
    home.paths.credentials.write_text(json.dumps(passwords))
    home.paths.credentials.chmod(0o600)
    yield home
    end(home)


@pytest.fixture
def arcade(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home", "arcadedb")
    yield home
    end(home)


def provide(engine: Engine) -> None:
    if engine == "neo4j":
        try:
            jars.provide(lambda text: print(text, file=sys.stderr))
        except GraphError as error:
            missing(str(error))


def end(home: Home) -> None:
    for process in home.processes():
        with_patience = process.name() != "java"
        process.send_signal(signal.SIGTERM if with_patience else signal.SIGKILL)
    eventually(home.is_quiet, 30)


def eventually(check: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def address_of(user: "subprocess.Popen[str]") -> ServerAddress:
    assert user.stdout is not None
    return ServerAddress(**json.loads(user.stdout.readline()))


def run(address: ServerAddress, text: str, reader: bool = False) -> list[dict[str, Any]]:
    auth = (address.reader_username, address.reader_password) if reader else (address.username, address.password)
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=address.database) as session,
    ):
        return session.execute_write(lambda tx: [dict(record) for record in tx.run(text)])


def answers(address: ServerAddress) -> bool:
    try:
        return run(address, "RETURN 1 AS one", reader=True) == [{"one": 1}]
    except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError):
        return False


def secrets_of(address: ServerAddress) -> set[str]:
    return {address.password, address.reader_password}


def command_lines() -> str:
    lines = (process.info["cmdline"] or () for process in psutil.process_iter(["cmdline"]))
    return "\n".join(" ".join(line) for line in lines)


def test_from_its_first_users_to_a_killed_supervisor(home: Home) -> None:
    """One life in steps: a start takes many seconds, so that each step goes on from what the one before left."""
    two_users_at_once_share_a_server_that_goes_after_both(home)
    with home.acquire() as late:  # the old one may still be ending: it is waited for
        assert answers(late.address)
        run(late.address, "CREATE (:Kept)")
        a_killed_server_comes_back_on_its_port_with_its_passwords(home, late.address)
        a_killed_supervisor_leaves_no_server_and_no_damage(home, late.address)


def two_users_at_once_share_a_server_that_goes_after_both(home: Home) -> None:
    first, second = home.user(), home.user()
    seen = command_lines_of_the_start(home)
    address = address_of(first)
    assert address_of(second) == address
    assert not any(secret in line for secret in secrets_of(address) for line in [*seen, command_lines()])
    found = status(home.path, home.engine)
    assert found is not None
    assert (found.users, found.ready) == (2, True)
    assert len(home.processes()) == 2  # one supervisor, one Java
    secrets_are_in_private_files_only_and_nothing_listens_to_other_machines(home)

    first.kill()  # SIGKILL: nothing is said to the supervisor
    first.wait()
    time.sleep(LINGER + 0.5)
    assert answers(address)
    java = home.java()
    second.kill()
    second.wait()
    eventually(lambda: not home.paths.state.exists(), LINGER + ENDING)
    assert status(home.path, home.engine) is None
    java.wait(30)


def command_lines_of_the_start(home: Home) -> list[str]:
    seen: list[str] = []

    def is_java_there() -> bool:
        seen.append(command_lines())
        return home.paths.state.exists() and home.state().java_pid is not None

    eventually(is_java_there, 60)
    return seen


def secrets_are_in_private_files_only_and_nothing_listens_to_other_machines(home: Home) -> None:
    holders = [home.paths.credentials, home.paths.state, home.paths.arguments]
    assert {stat.S_IMODE(file.stat().st_mode) for file in holders} == {0o600}
    assert stat.S_IMODE(home.paths.folder.stat().st_mode) == 0o700
    for process in home.processes():
        listening = [item.laddr.ip for item in process.net_connections() if item.status == psutil.CONN_LISTEN]
        assert set(listening) <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


def a_killed_server_comes_back_on_its_port_with_its_passwords(home: Home, address: ServerAddress) -> None:
    first = home.java()
    first.kill()
    eventually(lambda: home.state().java_pid != first.pid, 20)
    eventually(lambda: answers(address), 60)
    with home.acquire() as other:
        assert other.address == address
    assert run(address, "MATCH (n:Kept) RETURN count(n) AS n") == [{"n": 1}]


def a_killed_supervisor_leaves_no_server_and_no_damage(home: Home, address: ServerAddress) -> None:
    java, state = home.java(), home.state()
    os.kill(state.supervisor_pid, signal.SIGKILL)
    if sys.platform == "linux":
        java.wait(10)
    with (
        socket.create_server(("127.0.0.1", state.port)),  # somebody takes the door's port, and is mute
        home.acquire() as again,
    ):
        assert not java.is_running()
        assert again.address.uri == address.uri
        assert secrets_of(again.address) == secrets_of(address)
        assert run(again.address, "MATCH (n:Kept) RETURN count(n) AS n") == [{"n": 1}]


def test_a_user_within_the_linger_keeps_the_server(arcade: Home) -> None:
    for _ in range(4):
        with arcade.acquire():
            java = arcade.java().pid
        time.sleep(LINGER / 2)
    with arcade.acquire():
        assert arcade.java().pid == java


def test_users_that_come_and_go_never_get_the_address_of_a_dying_server(arcade: Home) -> None:
    for step in range(4):
        with arcade.acquire() as lease:
            assert answers(lease.address)
        time.sleep(LINGER - 0.1 + 0.07 * step)  # around the moment in which the server gives up


def test_ctrl_c_twice_in_the_terminal_does_not_reach_the_server(arcade: Home) -> None:
    with arcade.acquire() as lease:
        user = subprocess.Popen(
            [sys.executable, "-c", USER, str(arcade.path), "arcadedb", str(LINGER)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        address_of(user)
        for _ in range(2):
            os.killpg(user.pid, signal.SIGINT)
        user.wait(10)
        assert answers(lease.address)
        session = os.getsid(arcade.state().supervisor_pid)
        assert session not in (os.getsid(0), user.pid)


def test_ctrl_c_while_it_starts_leaves_nothing_behind(arcade: Home) -> None:
    user = arcade.user()
    eventually(lambda: arcade.paths.state.exists())
    user.send_signal(signal.SIGINT)
    user.wait(10)
    eventually(arcade.is_quiet, 30)


def test_a_child_of_a_user_does_not_hold_the_lease(arcade: Home) -> None:
    lease = arcade.acquire()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
    try:
        lease.close()
        eventually(arcade.is_quiet, LINGER + ENDING)
    finally:
        child.kill()
        child.wait()


def test_a_server_that_keeps_dying_is_given_up(arcade: Home) -> None:
    lease = arcade.acquire()
    killed: set[int] = set()

    def given_up() -> bool:
        state = State.read(arcade.paths)
        if state is not None and state.java_pid is not None and state.java_pid not in killed:
            os.kill(state.java_pid, signal.SIGKILL)
            killed.add(state.java_pid)
        return state is None or not psutil.pid_exists(state.supervisor_pid) or len(killed) > RESTARTS_A_MINUTE

    eventually(given_up, 60)
    lease.close()
    eventually(arcade.is_quiet, 30)
    assert len(killed) == RESTARTS_A_MINUTE + 1
    assert "keeps ending by itself" in arcade.paths.supervisor_log.read_text()
    with arcade.acquire() as again:
        assert answers(again.address)


def test_a_server_that_cannot_start_is_one_sentence_that_names_the_log(arcade: Home) -> None:
    with pytest.raises(ServerStartFailed, match=r"ended while it was starting: see .*server\.log") as caught:
        acquire(arcade.path, "arcadedb", linger=LINGER, heap="nonsense")
    assert "nonsense" in caught.value.__notes__[0]
    assert "\n" not in str(caught.value)
    eventually(arcade.is_quiet, 10)
    with arcade.acquire() as lease:
        assert answers(lease.address)


def test_new_passwords_are_taken_when_the_old_ones_are_lost(arcade: Home) -> None:
    with arcade.acquire() as lease:
        before = lease.address
        run(before, "CREATE (:Kept)")
    eventually(arcade.is_quiet, LINGER + ENDING)
    arcade.paths.credentials.unlink()
    with arcade.acquire() as lease:
        assert not secrets_of(lease.address) & secrets_of(before)
        assert run(lease.address, "MATCH (n:Kept) RETURN count(n) AS n", reader=True) == [{"n": 1}]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Written)",
        "MERGE (:Kept {name: 'new'})",
        "MATCH (n:Kept) SET n.name = 'changed'",
        "MATCH (n:Kept) DETACH DELETE n",
        "CREATE INDEX kept IF NOT EXISTS FOR (n:Kept) ON (n.name)",
        "CREATE USER another SET PASSWORD 'a-long-password'",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
    ],
)
def test_the_reading_account_is_refused(shared: ServerAddress, text: str) -> None:
    with pytest.raises(neo4j.exceptions.ClientError) as caught:
        run(shared, text, reader=True)
    assert caught.value.code == "Neo.ClientError.Security.Forbidden"


def test_a_runaway_query_is_stopped_also_when_it_finds_nothing(shared: ServerAddress) -> None:
    run(shared, "UNWIND range(1, 3000) AS i CREATE (:Number {i: i})")
    started = time.monotonic()
    with pytest.raises(neo4j.exceptions.ClientError, match=r"terminated|Timeout on iteration"):
        run(shared, "MATCH (a:Number), (b:Number), (c:Number) WHERE a.i + b.i + c.i = -1 RETURN a", reader=True)
    assert time.monotonic() - started < arcadedb.READ_TIMEOUT_MS / 1000 + 10


def test_sql_makes_a_full_text_index_and_a_refusal_is_one_sentence(shared: ServerAddress) -> None:
    run(shared, "CREATE (:Word {name: 'vector database'})")
    run_sql(shared, "CREATE PROPERTY Word.name IF NOT EXISTS STRING")
    run_sql(shared, "CREATE INDEX word_text IF NOT EXISTS ON Word (name) FULL_TEXT")
    found = "CALL db.index.fulltext.queryNodes('word_text', 'vectr~') YIELD node RETURN node.name AS name"
    assert run(shared, found, reader=True) == [{"name": "vector database"}]
    with pytest.raises(GraphError, match="refused a command"):
        run_sql(shared, "CREATE NONSENSE")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerAddress]:
    """One ArcadeDB for the tests that only talk to it."""
    with acquire(tmp_path_factory.mktemp("shared"), "arcadedb", linger=LINGER) as lease:
        run(lease.address, "CREATE (:Kept {name: 'old'})")
        yield lease.address
