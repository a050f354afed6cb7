"""What the page is told when it asks for an address, over the assembled app and without a browser."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from explorer import messages
from explorer.app import create_app
from explorer.screen import Screens
from graph.settings import Settings
from tests.memory import MemoryGraph, wheel


@pytest.fixture
def graph() -> MemoryGraph:
    return wheel(6)


@pytest.fixture
def client(graph: MemoryGraph) -> FlaskClient:
    client: FlaskClient = create_app(graph, Settings()).server.test_client()  # type: ignore[arg-type]
    return client


def ask(client: FlaskClient, search: str, shown: str = "", look: bool = False, route: str = "/_view") -> TestResponse:
    return client.post(route, json={"search": search, "shown": shown, "look": look})


def told(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json  # type: ignore[assignment]
    return found


def test_a_map_that_is_shown_already_is_not_told_again(client: FlaskClient) -> None:
    first = told(ask(client, ""))
    assert first["scene"]["elements"]
    again = told(ask(client, "", first["key"]))
    assert again["scene"] is None
    assert again["parts"] == first["parts"]
    other = told(ask(client, "?term=s0001&open=s0001", first["key"]))
    assert "s0001" in str(other["parts"]["panel-body"])


def test_the_text_view_tells_the_same_terms(client: FlaskClient) -> None:
    nodes = {one["data"]["label"] for one in told(ask(client, ""))["scene"]["elements"] if "label" in one["data"]}
    text = str(told(ask(client, "", route="/_text"))["parts"])
    assert nodes
    assert all(name in text for name in nodes)


def test_a_page_that_shows_nothing_yet_tells_what_is_wrong_in_its_panel(
    client: FlaskClient, graph: MemoryGraph
) -> None:
    graph.away = True
    found = told(ask(client, ""))
    assert (found["key"], found["scene"]) == ("", None)
    assert "No database answers at bolt://x: start the server there." in str(found["parts"]["panel-body"])


@pytest.mark.parametrize("route", ["/_view", "/_text"])
def test_a_page_that_has_a_map_keeps_it_and_says_what_is_wrong(
    client: FlaskClient, graph: MemoryGraph, route: str
) -> None:
    shown = told(ask(client, ""))["key"]
    graph.away = True
    answer = ask(client, "?term=s0001", shown, look=True, route=route)
    assert (answer.status_code, answer.json) == (
        503,
        {"message": "No database answers at bolt://x: start the server there."},
    )


def test_a_defect_is_a_sentence(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Screens, "screen", lambda *_, **__: 1 / 0)
    answer = ask(client, "")
    assert (answer.status_code, answer.json) == (500, {"message": messages.DEFECT})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"search": 1}', b'{"search": "", "shown": null, "look": false}'])
def test_what_is_no_question_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/_view", data=body, content_type="application/json")
    assert (answer.status_code, answer.json) == (400, {"message": messages.ASKED_WRONGLY})


def test_what_is_no_json_is_refused(client: FlaskClient) -> None:
    answer = client.post("/_view", data="{}", content_type="text/plain")
    assert (answer.status_code, answer.json) == (400, {"message": messages.ASKED_WRONGLY})


@pytest.mark.parametrize("search", ["?term=\ud800", "?" + "open=" + "x," * 5000, "?term=%00", "?path=a,b,c&health=%ff"])
def test_an_odd_address_is_answered_with_a_page(client: FlaskClient, search: str) -> None:
    assert told(ask(client, search))["parts"]["panel-body"]


def test_other_sites_are_not_answered(client: FlaskClient) -> None:
    question = {"search": "", "shown": "", "look": False}
    answer = client.post("/_view", json=question, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
