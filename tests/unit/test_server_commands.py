"""The command lines and settings of both engines, without starting either."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from graph.errors import QueryFailed, ServerStartFailed
from graph.server import arcadedb, engines, java, neo4j_community, run_sql
from graph.server.state import Credentials, Paths, Ports, ServerAddress, State

CREDENTIALS = Credentials("root-secret", "reader-secret")
PORTS = Ports(20001, 20002)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path, "arcadedb")
    paths.create()
    return paths


def test_argument_files_keep_spaces_quotes_and_backslashes() -> None:
    text = java.argument_file(["-cp", r"C:\Program Files\x", 'say "hello"', ""])
    assert text == '"-cp"\n"C:\\\\Program Files\\\\x"\n"say \\"hello\\""\n""\n'


def test_the_process_list_shows_the_name_of_a_file_only(paths: Paths) -> None:
    assert java.command(Path("java"), paths) == ["java", f"@{paths.arguments}"]


def test_options_meant_for_other_java_programs_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx1m")
    seen = java.environment(java.Launch(Path("java"), (), {"NEO4J_HOME": "x"}))
    assert "JAVA_TOOL_OPTIONS" not in seen
    assert seen["NEO4J_HOME"] == "x"


@pytest.mark.skipif(os.name != "posix", reason="locales are a matter of POSIX")
def test_java_can_name_every_folder_in_every_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert java.environment(java.Launch(Path("java"), ()))["LC_ALL"] == "C.UTF-8"


def test_arcadedb_listens_on_the_loopback_interface_and_reads_no_files(paths: Paths) -> None:
    line = arcadedb.arguments(arcadedb.Wheel(Path("java"), Path("jars")), paths, PORTS, "2g")
    assert "-Xmx2g" in line
    for wanted in (
        "-Darcadedb.server.httpIncomingHost=127.0.0.1",
        "-Darcadedb.server.httpIncomingPort=20002",
        "-Darcadedb.bolt.host=127.0.0.1",
        "-Darcadedb.bolt.port=20001",
        "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
        "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    ):
        assert wanted in line


def test_arcadedb_gets_its_password_as_a_file(paths: Paths) -> None:
    launch = arcadedb.ArcadeDB().prepare(paths, CREDENTIALS, PORTS, None)
    assert not any("secret" in part for part in [*launch.arguments, *launch.environment.values()])
    assert arcadedb.password_file(paths).read_text() == "root-secret"


def test_arcadedb_makes_its_accounts_anew_when_the_passwords_are_new(paths: Paths) -> None:
    users = paths.data / "config" / "server-users.jsonl"
    users.parent.mkdir()
    arcadedb.ArcadeDB().prepare(paths, CREDENTIALS, PORTS, None)
    users.write_text("kept")
    arcadedb.ArcadeDB().prepare(paths, CREDENTIALS, PORTS, None)
    assert users.exists()
    arcadedb.ArcadeDB().prepare(paths, Credentials("another", "reader-secret"), PORTS, None)
    assert not users.exists()


def test_the_reading_account_may_read_and_nothing_else() -> None:
    group = arcadedb.reader_group()
    assert group["access"] == []
    assert group["types"] == {"*": {"access": ["readRecord"]}}
    assert group["readTimeout"] == 10_000


def test_only_long_queries_of_the_reading_account_are_stopped() -> None:
    def query(number: str, user: str, milliseconds: int, terminating: bool = False) -> dict[str, object]:
        return {"id": number, "user": user, "elapsedMs": milliseconds, "terminating": terminating}

    running = [
        query("long", "reader", 10_001),
        query("short", "reader", 9_000),
        query("load", "root", 90_000),
        query("stopping", "reader", 20_000, terminating=True),
    ]
    assert arcadedb.overdue(running) == ["long"]


def test_a_missing_wheel_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ServerStartFailed, match=r"pip install arcadedb-embedded"):
        arcadedb.find_wheel()


def test_a_missing_java_for_neo4j_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_community, "find_spec", lambda name: None)
    with pytest.raises(ServerStartFailed, match=r"pip install 'conceptmap\[neo4j\]'"):
        neo4j_community.java_program()


def test_neo4j_opens_bolt_on_the_loopback_interface_and_nothing_else(paths: Paths) -> None:
    lines = neo4j_community.configuration(paths, Ports(20001), "512m").splitlines()
    for wanted in (
        "server.bolt.listen_address=127.0.0.1:20001",
        "server.http.enabled=false",
        "server.https.enabled=false",
        "dbms.usage_report.enabled=false",
        "dbms.fleet_manager.enabled=false",
        "server.fleet_discovery.enabled=false",
        "server.memory.heap.max_size=512m",
    ):
        assert wanted in lines


def test_neo4j_takes_any_first_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_community, "_class_path", lambda: "jars")
    assert neo4j_community.first_password_arguments("-secret")[-3:] == ("set-initial-password", "--", "-secret")


def test_neo4j_has_one_account_and_takes_no_sql() -> None:
    address = neo4j_community.Neo4jCommunity().address(CREDENTIALS, Ports(20001))
    assert (address.username, address.password) == (address.reader_username, address.reader_password)
    with pytest.raises(QueryFailed, match="takes no SQL"):
        run_sql(address, "SELECT 1")


def test_arcadedb_has_two_accounts() -> None:
    address = arcadedb.ArcadeDB().address(CREDENTIALS, PORTS)
    assert (address.username, address.password) == ("root", "root-secret")
    assert (address.reader_username, address.reader_password) == ("reader", "reader-secret")
    assert address.http_url == "http://127.0.0.1:20002"


def test_ports_are_free_and_not_among_those_given_to_clients() -> None:
    port = java.free_port()
    assert port in java.PORTS
    with socket.create_server(("127.0.0.1", port)):
        assert java.free_port(preferred=port) != port
    assert java.free_port(preferred=port) == port
    assert java.free_port(taken=(port,), preferred=port) != port


def test_an_orphan_is_ended_when_it_is_ours(paths: Paths) -> None:
    sleep = "import time; time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", sleep, f"@{paths.arguments}"]) as orphan:
        while not psutil.Process(orphan.pid).cmdline():
            time.sleep(0.01)
        state = State(1, 1, "", 1, None, orphan.pid)
        assert java.end_orphan(state, Paths(paths.home / "another", "arcadedb")) is False
        assert java.end_orphan(state, paths) is True
        assert not psutil.pid_exists(orphan.pid)
    assert java.end_orphan(state, paths) is False
    assert java.end_orphan(None, paths) is False


def test_a_server_that_ends_while_starting_is_one_sentence() -> None:
    address = ServerAddress("neo4j", "bolt://127.0.0.1:1", "u", "p", "u", "p")
    with pytest.raises(ServerStartFailed, match=r"ended while it was starting: see server\.log"):
        engines.wait_until_ready(neo4j_community.Neo4jCommunity(), address, lambda: False, 5, "server.log")


def test_a_server_that_never_answers_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_community, "bolt_answers", lambda *_: "not yet")
    address = ServerAddress("neo4j", "bolt://127.0.0.1:1", "u", "p", "u", "p")
    with pytest.raises(ServerStartFailed, match="did not answer within 0 seconds"):
        engines.wait_until_ready(neo4j_community.Neo4jCommunity(), address, lambda: True, 0.2, "server.log")


def test_a_server_with_other_passwords_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_community, "bolt_answers", lambda *_: "refused")
    address = ServerAddress("neo4j", "bolt://127.0.0.1:1", "u", "p", "u", "p")
    with pytest.raises(ServerStartFailed, match="does not know its password"):
        engines.wait_until_ready(neo4j_community.Neo4jCommunity(), address, lambda: True, 5, "server.log")
