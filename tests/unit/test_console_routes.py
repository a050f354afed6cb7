"""The console's routes over the assembled app, without a browser and without a server."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from explorer import messages
from explorer.app import create_app
from explorer.runs import Runs
from graph.asking import Handle
from graph.errors import GraphError, QueryFailed, QueryStopped, ServerUnreachable, TooManyQueries
from graph.limits import QueryResult
from graph.settings import Settings
from tests.memory import MemoryGraph, wheel

ID = "0123456789abcdef01234567"
OTHER = "f" * 24
ANSWER = QueryResult(("a",), ((1,),), False, 0.01)


class Asking:
    """A graph that answers every query of a person with one row, or, while `held`, not before it is stopped."""

    def __init__(self, graph: MemoryGraph) -> None:
        self.graph = graph
        self.settings = Settings()
        self.engine = "arcadedb"
        self.held = False
        self.error: GraphError | None = None
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.ended: list[str] = []
        self.under_way = threading.Event()

    def read(self, name: str, /, **given: Any) -> list[dict[str, Any]]:
        if name.startswith("console/"):
            return [{"name": name.removeprefix("console/")}]
        return self.graph.read(name, **given)

    read_all = read

    def query(self, text: str, parameters: dict[str, Any], handle: Handle) -> QueryResult:
        self.asked.append((text, parameters))
        self.under_way.set()
        if self.error:
            raise self.error
        while self.held and not handle.stopped:
            time.sleep(0.01)
        if handle.stopped:
            raise QueryStopped
        return ANSWER

    def end_query(self, mark: str) -> None:
        self.ended.append(mark)


@pytest.fixture
def graph() -> Asking:
    return Asking(wheel(6))


@pytest.fixture
def client(graph: Asking) -> FlaskClient:
    client: FlaskClient = create_app(graph, Settings()).server.test_client()  # type: ignore[arg-type]
    return client


def run(client: FlaskClient, text: str = "RETURN 1 AS a", id_: str = ID, **more: str) -> TestResponse:
    fields = [{"name": name, "type": "integer", "text": value} for name, value in more.items()]
    return client.post("/_query", json={"id": id_, "text": text, "parameters": fields})


def test_a_query_is_answered(client: FlaskClient, graph: Asking) -> None:
    answer = run(client, limit="3")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["rows"] == [[1]]  # type: ignore[index]
    assert graph.asked == [("RETURN 1 AS a", {"limit": 3})]


def test_what_is_wrong_is_told(client: FlaskClient, graph: Asking) -> None:
    graph.error = QueryFailed("Syntax error", (1, 1))
    answer = run(client)
    assert answer.status_code == 422
    assert answer.json["place"] == {"line": 1, "column": 1}  # type: ignore[index]
    assert run(client, limit="x").status_code == 422
    graph.error = ServerUnreachable("No database answers.")
    assert run(client).json == {"message": "No database answers.", "place": None}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"id": "short", "text": "RETURN 1", "parameters": []},
        {"id": ID, "text": 1, "parameters": []},
        {"id": ID, "text": "RETURN 1", "parameters": [{"name": "a"}]},
        {"id": ID, "text": "RETURN 1", "parameters": [{"name": "a", "type": "any", "text": ""}] * 51},
    ],
)
def test_a_question_that_is_none_is_refused(client: FlaskClient, graph: Asking, body: Any) -> None:
    answer = client.post("/_query", json=body)
    assert (answer.status_code, answer.json) == (400, {"message": messages.ASKED_WRONGLY})
    assert client.post("/_query/stop", json={"id": "%"}).status_code == 400
    assert graph.asked == []


def test_other_sites_may_not_ask(client: FlaskClient, graph: Asking) -> None:
    for route in ("/_query", "/_query/stop", "/_console", "/_schema"):
        assert client.post(route, json={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert graph.asked == []


def begun(graph: Asking, runs: Runs, gone: Callable[[], bool] = lambda: False) -> tuple[threading.Thread, list[Any]]:
    """A query that waits until it is stopped."""
    graph.held = True
    said: list[Any] = []

    def ask() -> None:
        try:
            said.append(runs.run(ID, "RETURN 1", {}, gone))
        except GraphError as error:
            said.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    assert graph.under_way.wait(10)
    return thread, said


def test_a_query_is_stopped_by_its_id_and_no_other(graph: Asking) -> None:
    runs = Runs(graph)  # type: ignore[arg-type]
    thread, said = begun(graph, runs)
    runs.stop(OTHER)
    thread.join(0.2)
    assert (thread.is_alive(), graph.ended) == (True, [OTHER])
    runs.stop(ID)
    thread.join(10)
    assert [type(one) for one in said] == [QueryStopped]


def test_a_query_whose_page_has_gone_is_stopped(graph: Asking) -> None:
    left = threading.Event()
    thread, said = begun(graph, Runs(graph), left.is_set)  # type: ignore[arg-type]
    left.set()
    thread.join(10)
    assert [type(one) for one in said] == [QueryStopped]


def test_a_stop_that_comes_first_is_heard(graph: Asking) -> None:
    runs = Runs(graph)  # type: ignore[arg-type]
    runs.stop(ID)
    with pytest.raises(QueryStopped):
        runs.run(ID, "RETURN 1", {}, lambda: False)
    assert graph.asked == []


def test_whoever_finds_no_seat_is_told_at_once(graph: Asking) -> None:
    runs = Runs(graph, seats=1)  # type: ignore[arg-type]
    thread, _ = begun(graph, runs)
    with pytest.raises(TooManyQueries):
        runs.run(OTHER, "RETURN 1", {}, lambda: False)
    runs.stop(ID)
    thread.join(10)
    graph.held = False
    assert runs.run(OTHER, "RETURN 1", {}, lambda: False) == ANSWER


def test_what_the_console_holds_and_what_may_be_written(client: FlaskClient) -> None:
    inside = client.post("/_console", json={}).json
    assert inside
    assert "The most connected terms" in str(inside["parts"])
    assert "MATCH" in inside["example"]
    assert {one["name"] for one in inside["queries"]} > {"islands", "term-map"}
    schema = client.post("/_schema", json={}).json
    assert schema
    assert (schema["labels"], schema["propertyKeys"]) == (["labels"], ["keys"])
    assert {"uses", "broader"} <= set(schema["kinds"])
    assert schema["lines"]["requires"] == {"line": "dashed", "arrow": "triangle", "label": "requires"}
    assert "db.labels" in {one["name"] for one in schema["procedures"]}


def test_lazy_files_are_kept_by_their_content(client: FlaskClient) -> None:
    inside = client.post("/_console", json={}).json
    assert inside
    assert set(inside["files"]) == {"editor", "cypher", "grid"}
    for address in inside["files"].values():
        answer = client.get(address)
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.mimetype == "text/javascript"
    assert client.get("/lazy/LICENSES.txt?m=1").status_code == 404
    assert client.get("/lazy/..%2Fapp.py").status_code == 404


def test_without_the_console_there_is_nothing_of_it(graph: Asking) -> None:
    off = create_app(graph, Settings(CONCEPTMAP_CONSOLE="off")).server.test_client()  # type: ignore[arg-type]
    for route in ("/_console", "/_schema", "/_query", "/_query/stop"):
        answer = off.post(route, json={"id": ID, "text": "RETURN 1", "parameters": []})
        assert answer.status_code == 404, route
    assert off.get("/lazy/editor.js").status_code == 404
    layout = off.get("/_dash-layout").text
    assert "console" not in layout
    assert graph.asked == []
