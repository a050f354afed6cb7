"""The API without a server: problems, paging, what is kept, who may ask, and what its description says."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from explorer.api import openapi, operations, routes
from explorer.app import create_app
from explorer.view import View, parse
from graph.errors import QueryFailed
from graph.settings import read_settings
from tests.memory import MemoryGraph, wheel

ROOT = Path(__file__).parent.parent.parent
Make = Callable[..., FlaskClient]


@pytest.fixture
def graph() -> MemoryGraph:
    return wheel(130, former={"old-hub": "hub"})


@pytest.fixture
def make(graph: MemoryGraph) -> Make:
    def make(**settings: str) -> FlaskClient:
        client: FlaskClient = create_app(graph, read_settings(**settings)).server.test_client()  # type: ignore[arg-type]
        return client

    return make


@pytest.fixture
def client(make: Make) -> FlaskClient:
    return make()


def is_problem(answer: TestResponse, status: int) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(answer.data)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), body
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"]
    assert body["detail"].endswith((".", "?")), body
    assert answer.headers["Cache-Control"] == "no-store"
    return body


# ------------------------------------------------------------------ problems


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/none", "/api/term/hub", "/api/term/", "/api/a%2Fb%00", "/api/../x"]
)
def test_an_address_that_is_none_is_a_problem(client: FlaskClient, path: str) -> None:
    assert "/api/openapi.json" in is_problem(client.get(path), 404)["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FETCH"])
def test_only_reading_is_allowed(client: FlaskClient, method: str) -> None:
    answer = client.open("/api/term?id=hub", method=method)
    assert "read-only" in is_problem(answer, 405)["detail"]
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("term", "id"),
        ("term?id=", "id"),
        (f"term?id={'x' * 501}", "id"),
        ("term?id=hub&id=hub", "id"),
        ("term?id=hub&lang=en", "lang"),
        ("neighbours?id=hub&limit=0", "limit"),
        ("neighbours?id=hub&limit=101", "limit"),
        ("neighbours?id=hub&limit=1_0", "limit"),
        ("neighbours?id=hub&limit=%D9%A1", "limit"),
        ("neighbours?id=hub&offset=-1", "offset"),
        ("neighbours?id=hub&offset=1.5", "offset"),
        ("neighbours?id=hub&revision=x", "revision"),
        (f"search?q={'x' * 201}", "q"),
        ("paths?from=hub", "to"),
        ("export?format=pdf", "format"),
        ("export?path=hub", "path"),
        ("export?depth=4&focus=hub", "depth"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    body = is_problem(client.get(f"/api/{query}"), 400)
    assert [one["parameter"] for one in body["errors"]] == [parameter]
    assert f"{parameter}: " in body["detail"]


@pytest.mark.parametrize(
    "key",
    [
        "none",
        "a/b",
        "../etc/passwd",
        "%00",
        "\u202eabc",
        "🦄",
        "' OR 1=1 //",
        "a,b~2",
        "\n",
        "x" * 500,
        "%ED%A0%80",
        ".",
    ],
)
def test_an_id_that_is_none_is_a_problem_whatever_it_holds(client: FlaskClient, key: str) -> None:
    for question in ("term", "neighbours"):
        assert is_problem(client.get(f"/api/{question}", query_string={"id": key}), 404)["detail"].endswith(" here.")
        assert is_problem(client.get(f"/api/{question}?id={key if '%' in key else 'none'}"), 404)
    assert is_problem(client.get("/api/paths", query_string={"from": key, "to": "hub"}), 404)


def test_without_the_database_it_is_a_problem_to_try_again(client: FlaskClient, graph: MemoryGraph) -> None:
    graph.away = True
    for question in ("term?id=hub", "sets", "search?q=h", "paths?from=hub&to=s0001", "export"):
        answer = client.get(f"/api/{question}")
        assert "No database answers" in is_problem(answer, 503)["detail"]
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("error", [ValueError("secret inside"), QueryFailed("secret inside")])
def test_a_defect_tells_nothing_of_the_inside(client: FlaskClient, graph: MemoryGraph, error: Exception) -> None:
    graph.broken, graph.error = "explore/term", error
    assert "secret" not in str(is_problem(client.get("/api/term?id=hub"), 500))


def test_the_checks_before_the_api_answer_as_it_does(client: FlaskClient) -> None:
    assert is_problem(client.get("/api/sets", headers={"Host": "evil.example"}), 421)
    assert is_problem(client.get("/api/sets", headers={"Origin": "https://evil.example"}), 403)
    assert is_problem(
        client.get("/api/sets", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}), 403
    )
    assert (
        client.get("/api/sets", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status_code
        == 200
    )


def test_what_is_too_long_or_of_another_type_is_refused(client: FlaskClient) -> None:
    assert is_problem(client.get(f"/api/export?without={'x' * 8000}"), 414)
    assert is_problem(client.get("/api/sets", headers={"Accept": "text/html"}), 406)
    assert client.get("/api/sets", headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200
    assert is_problem(client.get("/api/export?format=html", headers={"Accept": "application/json"}), 406)


def test_who_asks_too_often_waits(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    monkeypatch.setattr(routes, "MOST_IN_A_MINUTE", 3)
    client = make()
    assert [client.get("/api/sets").status_code for _ in range(3)] == [200] * 3
    answer = client.get("/api/sets")
    is_problem(answer, 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert client.get("/api/sets", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200
    assert client.get("/readyz").status_code == 200


# ------------------------------------------------------------------ pages


def test_pages_follow_one_another_and_hold_each_neighbour_once(client: FlaskClient, graph: MemoryGraph) -> None:
    address, found, pages = "/api/neighbours?id=hub&limit=40", [], 0
    while address:
        answer = client.get(address)
        body = answer.json
        assert body is not None
        found += [one["term"]["id"] for one in body["items"]]
        pages += 1
        assert body["total"] == 130
        assert answer.headers.get("Link") == (f'<{body["next"]}>; rel="next"' if body["next"] else None)
        address = body["next"]
    assert pages == 4
    assert found == [f"s{number:04}" for number in range(130)]


def test_a_page_of_other_data_is_refused(client: FlaskClient, graph: MemoryGraph) -> None:
    onward = client.get("/api/neighbours?id=hub").json["next"]  # type: ignore[index]
    graph.revision += 1
    assert "begin again" in is_problem(client.get(onward), 409)["detail"]


def test_behind_the_end_there_is_nothing(client: FlaskClient) -> None:
    body = client.get("/api/neighbours?id=hub&offset=1000").json
    assert body is not None
    assert (body["items"], body["next"], body["total"]) == ([], None, 130)


def test_a_former_id_is_followed(client: FlaskClient) -> None:
    for question in ("term", "neighbours"):
        assert client.get(f"/api/{question}?id=old-hub").json["id"] == "hub"  # type: ignore[index]
    assert client.get("/api/paths?from=old-hub&to=s0001").json["ways"][0]["terms"] == ["hub", "s0001"]  # type: ignore[index]


# ------------------------------------------------------------------ what is kept


@pytest.mark.parametrize(
    "question", ["term?id=hub", "neighbours?id=hub", "sets", "paths?from=s0001&to=s0002", "export"]
)
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, graph: MemoryGraph, question: str) -> None:
    first = client.get(f"/api/{question}")
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"
    kept = {"If-None-Match": f'"other", {first.headers["ETag"]}'}
    again = client.get(f"/api/{question}", headers=kept)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    graph.revision += 1
    changed = client.get(f"/api/{question}", headers=kept)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_compressed_answer_is_known_again(client: FlaskClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    first = client.get("/api/neighbours?id=hub", headers=packed)
    assert first.headers["Content-Encoding"] == "gzip"
    again = client.get("/api/neighbours?id=hub", headers=packed | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_head_is_an_answer_without_a_body(client: FlaskClient) -> None:
    head, whole = client.head("/api/sets"), client.get("/api/sets")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])


def test_what_is_kept_does_not_hide_that_a_parameter_is_wrong(client: FlaskClient) -> None:
    kept = {"If-None-Match": client.get("/api/term?id=hub").headers["ETag"]}
    assert is_problem(client.get("/api/term", headers=kept), 400)
    assert is_problem(client.get("/api/term?id=none", headers={"If-None-Match": "*"}), 404)


# ------------------------------------------------------------------ other sites

WIKI = "https://wiki.example.org"


def test_another_site_reads_nothing_unless_it_is_named(make: Make) -> None:
    answer = make().get("/api/sets", headers={"Origin": WIKI})
    assert answer.status_code == 403
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118


def test_a_named_site_may_read_the_api_and_nothing_else(make: Make, tmp_path: Path) -> None:
    client = make(CONCEPTMAP_API_ORIGINS=f"https://other.example, {WIKI}")
    answer = client.get("/api/sets", headers={"Origin": WIKI, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, WIKI)
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]
    asked = {"Origin": WIKI, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    preflight = client.options("/api/sets", headers=asked)
    assert preflight.status_code == 200
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    assert client.get("/_suggest?q=a", headers={"Origin": WIKI}).status_code == 403
    assert "Access-Control-Allow-Origin" not in client.get("/readyz", headers={"Origin": WIKI}).headers
    assert client.get("/api/sets", headers={"Origin": f"{WIKI}.evil.example"}).status_code == 403
    assert client.post("/api/sets", headers={"Origin": WIKI}).status_code in (403, 405)


# ------------------------------------------------------------------ the description


def test_the_description_is_one_and_is_served(client: FlaskClient) -> None:
    answer = client.get("/api/openapi.json")
    assert answer.mimetype == "application/json"
    assert answer.json == openapi.document()
    validate(answer.json)  # type: ignore[arg-type]
    assert answer.json["openapi"].startswith("3.1")


def test_all_that_is_described_is_there_and_told_in_the_documentation(client: FlaskClient) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    rules = {rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/")}
    described = openapi.document()["paths"]
    assert rules - {"/api/", "/api/<path:rest>", "/api/openapi.json"} == set(described)
    for path, item in described.items():
        assert f"`{path}`" in text, path
        for one in item["get"]["parameters"]:
            assert "$ref" in one or f"`{one['name']}`" in text, one["name"]
    assert set(re.findall(r"/api/[a-z.]+", text)) <= {*described, "/api/openapi.json"}


def test_the_address_of_a_page_is_an_export(client: FlaskClient) -> None:
    view = View(focus="hub", depth=2, term="s0001", opened=parse("?open=hub,s0002~2").opened, without=("s0003",),
                hidden=("Hubs",), hidden_sets=("x",), hidden_kinds=("uses",), layout="grid")  # fmt: skip
    from explorer.view import address

    answer = client.get(f"/api/export{address(view)}")
    assert answer.status_code == 200, answer.text
    ids = [one["id"] for one in answer.json["terms"]]  # type: ignore[index]
    assert "hub" not in ids
    assert "s0003" not in ids
    assert len(ids) == 129


def test_formats_that_nobody_writes_are_told(client: FlaskClient) -> None:
    assert "html, json" in is_problem(client.get("/api/export?format=csv"), 400)["detail"]


def test_an_operation_that_is_added_is_described_and_answered(monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    more = replace(operations.OPERATIONS[4], name="again")
    for module in (operations, openapi, routes):
        monkeypatch.setattr(module, "OPERATIONS", (*operations.OPERATIONS[:6], more))
    client = make()
    assert client.get("/api/again").json["total"] == 1  # type: ignore[index]
    assert "/api/again" in client.get("/api/openapi.json").json["paths"]  # type: ignore[index]
