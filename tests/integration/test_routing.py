"""The addresses of servers elsewhere, with a Neo4j of our own: routing, TLS, and what is told when either fails.

A single server routes too: to itself. Which server of several is asked is told in `tests/unit/test_cluster.py`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.scenes import Scenes
from graph.connection import Graph
from graph.errors import CertificateRefused, GraphError, ReadOnlyRefused, ServerUnreachable
from graph.settings import Settings
from loader import run
from loader.report import Options
from tests import apart, provide
from tests.conftest import missing

pytestmark = pytest.mark.neo4j
DATA = Path(__file__).resolve().parents[2] / "data"
CONCEPTMAP = "from cli.start import main; main()"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server without TLS."""
    try:
        with apart.neo4j_apart(tmp_path_factory.mktemp("plain")) as port:
            yield port
    except provide.Missing as error:
        missing(str(error))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `localhost`, signed with itself, which is then its own authority."""
    try:
        return apart.certificate(tmp_path_factory.mktemp("tls") / "bolt", "DNS:localhost")
    except provide.Missing as error:
        missing(str(error))
        raise


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory, authority: Path) -> Iterator[int]:
    """The port of a server that wants TLS."""
    settings = apart.tls(authority.parent) | {"server.default_advertised_address": "localhost"}
    port = apart.java.free_port()
    settings["server.bolt.advertised_address"] = f"localhost:{port}"
    with apart.neo4j_apart(tmp_path_factory.mktemp("secured"), port, settings) as port:
        yield port


def at(uri: str) -> Settings:
    return Settings(NEO4J_URI=uri, NEO4J_PASSWORD=apart.PASSWORD)


def refused(uri: str, kind: type[GraphError]) -> str:
    with Graph.open(at(uri)) as graph, pytest.raises(kind) as told:
        graph.ping()
    return str(told.value)


def conceptmap(uri: str, *command: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"NEO4J_URI": uri, "NEO4J_PASSWORD": apart.PASSWORD, "COLUMNS": "400"}
    return subprocess.run(
        [sys.executable, "-c", CONCEPTMAP, *command], env=environment, capture_output=True, text=True, timeout=60
    )


def test_what_is_loaded_by_routing_is_seen_at_once_and_by_others(plain: int) -> None:
    uri = f"neo4j://127.0.0.1:{plain}"
    with Graph.open(at(uri)) as writer, Graph.open(at(uri)) as explorer:
        scenes = Scenes(explorer)
        run.load(writer, [str(DATA / "ai.yaml")], Options())
        assert writer.read("load/sets")[0]["state"] == "ready"
        before = scenes.look()
        run.load(writer, [str(DATA / "knowledge-graphs.yaml")], Options())
        assert scenes.look() != before
        assert len(scenes.library().sets) == 2
        assert explorer.query("MATCH (t:Term) RETURN count(t)").rows[0][0] == 205


def test_reads_by_routing_may_not_write(plain: int) -> None:
    with Graph.open(at(f"neo4j://127.0.0.1:{plain}")) as graph:
        with pytest.raises(ReadOnlyRefused):
            graph.read("load/put_meta", schema_version=1, graph_id="x")
        with pytest.raises(ReadOnlyRefused):
            graph.read_all("load/put_meta", schema_version=1, graph_id="x")


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_of_an_authority_that_is_named(
    scheme: str, secured: int, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with Graph.open(at(f"{scheme}://localhost:{secured}")) as graph:
        graph.write(lambda tx: tx.run("load/put_meta", schema_version=1, graph_id="a"))
        assert graph.read("load/state")


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_any_certificate(scheme: str, secured: int) -> None:
    with Graph.open(at(f"{scheme}://localhost:{secured}")) as graph:
        graph.ping()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_certificate_that_nobody_vouches_for_is_refused(scheme: str, secured: int) -> None:
    uri = f"{scheme}+s://localhost:{secured}"
    assert refused(uri, CertificateRefused) == (
        f"The certificate of the server at {uri} is not trusted (self-signed certificate): name the file of its "
        f"authority in SSL_CERT_FILE, or write {scheme}+ssc:// to trust any certificate."
    )


def test_a_certificate_of_another_name_is_refused(
    secured: int, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert "certificate is not valid for '127.0.0.1'" in refused(f"neo4j+s://127.0.0.1:{secured}", CertificateRefused)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_without_tls_and_one_that_wants_it_are_told(scheme: str, plain: int, secured: int) -> None:
    told = refused(f"{scheme}+s://localhost:{plain}", ServerUnreachable)
    assert (
        told == f"The server at {scheme}+s://localhost:{plain} does not take up TLS: write {scheme}:// if it has none."
    )
    told = refused(f"{scheme}://localhost:{secured}", ServerUnreachable)
    assert f"does not speak Bolt like this: write {scheme}+s:// if it wants TLS" in told


@pytest.mark.parametrize("uri", ["bolt+s://gone.invalid:7687", "neo4j+s://gone.invalid"])
def test_a_host_of_no_name(uri: str) -> None:
    assert refused(uri, ServerUnreachable).startswith(
        f"The name of the server at {uri} is not known: correct NEO4J_URI"
    )


def test_the_command_line_says_it_in_a_sentence_and_does_not_wait(secured: int, tmp_path: Path) -> None:
    started = time.monotonic()
    for command in (["status"], ["load", str(DATA / "ai.yaml")], ["query", "RETURN 1"]):
        ended = conceptmap(f"neo4j+s://localhost:{secured}", *command)
        assert ended.returncode == 3, ended.stderr
        assert ended.stderr.startswith("Error: The certificate of the server at neo4j+s://localhost")
        assert ended.stderr.count("\n") == 1
    assert time.monotonic() - started < 45
    ended = conceptmap(f"neo4j://localhost:{secured}", "status")
    assert (ended.returncode, ended.stderr.count("\n")) == (3, 1)
