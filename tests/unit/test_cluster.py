"""Which server of a cluster is asked what, and after which bookmarks; the cluster is played by `tests.cluster`."""

from collections.abc import Iterator

import pytest

from graph import connection
from graph.connection import Graph
from graph.errors import GraphError, ServerUnreachable
from graph.settings import Settings
from tests.cluster import Cluster, cluster


@pytest.fixture
def three() -> Iterator[Cluster]:
    with cluster(3) as made:
        yield made


@pytest.fixture
def graph(three: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    monkeypatch.setattr(connection, "READ_RETRY_SECONDS", 0.1)
    with Graph.open(Settings(NEO4J_URI=three.uri, NEO4J_PASSWORD="x")) as opened:
        yield opened


def write(graph: Graph) -> None:
    graph.write(lambda tx: tx.run("load/put_meta", schema_version=1, graph_id="a"), patience=1.0)


def test_reads_go_to_followers_and_writes_to_the_leader(three: Cluster, graph: Graph) -> None:
    for _ in range(4):
        graph.ping()
        graph.read_all("load/sets")
        graph.query("RETURN 1")
    write(graph)
    graph.define("schema/term_id")
    leader, *followers = three.servers
    assert [one.mode for one in leader.asked] == ["w", "w"]
    asked = [one for follower in followers for one in follower.asked]
    assert {one.mode for one in asked} == {"r"}
    assert len(asked) == 16  # a person's query is explained first
    assert all(follower.asked for follower in followers)


def test_a_read_waits_for_what_this_connection_wrote_or_saw(three: Cluster, graph: Graph) -> None:
    write(graph)
    graph.ping()
    graph.read_all("load/sets")
    graph.anew().ping()
    write(graph)
    marks = [("", *one.bookmarks)[-1] for one in three.asked]
    assert marks == ["", "bookmark-1", "bookmark-2", "bookmark-3", "bookmark-4"]
    assert [one.mode for one in three.asked] == ["w", "r", "r", "r", "w"]


def test_one_server_is_asked_without_bookmarks(three: Cluster) -> None:
    with Graph.open(Settings(NEO4J_URI=three.uri.replace("neo4j", "bolt"), NEO4J_PASSWORD="x")) as alone:
        write(alone)
        alone.ping()
    assert [(one.mode, one.bookmarks) for one in three.servers[0].asked] == [("w", ()), ("r", ())]


@pytest.mark.parametrize(
    "code",
    [
        "Neo.TransientError.Transaction.BookmarkTimeout",
        "Neo.ClientError.Transaction.InvalidBookmark",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",  # so says Neo4j 2026.08 after a restore
    ],
)
def test_bookmarks_that_the_database_will_never_reach_are_forgotten(three: Cluster, graph: Graph, code: str) -> None:
    write(graph)
    for follower in three.servers[1:]:
        follower.refuses = code
    with pytest.raises(GraphError):
        graph.ping()
    for follower in three.servers[1:]:
        follower.refuses = ""
    graph.ping()
    assert [one.bookmarks for one in three.asked] == [(), ()]


def test_a_write_follows_the_leader_to_another_server(three: Cluster, graph: Graph) -> None:
    write(graph)
    three.servers[0].refuses = "Neo.ClientError.Cluster.NotALeader"
    three.leads = three.servers[1]
    write(graph)
    assert [one.mode for one in three.servers[1].asked] == ["w"]


def test_a_cluster_without_a_leader_and_one_whose_readers_are_away_are_a_sentence(three: Cluster, graph: Graph) -> None:
    three.leads = None
    with pytest.raises(ServerUnreachable, match="has no server that takes writes now: try again"):
        write(graph)
    graph.ping()
    three.readers = ["127.0.0.1:1"]
    with pytest.raises(ServerUnreachable, match="but not those that it names for reading: correct"):
        graph.ping()
    three.readers = []
    with pytest.raises(ServerUnreachable, match="but not those that it names for reading: correct"):
        graph.ping()
