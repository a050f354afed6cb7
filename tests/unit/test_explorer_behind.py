"""The Cypher behind what an address shows, in the order in which the reader looks at it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from explorer.app import create_app
from explorer.console_given import ANY, Field, shown, values
from graph.settings import Settings
from tests.memory import wheel


@pytest.fixture
def client() -> FlaskClient:
    client: FlaskClient = create_app(wheel(6), Settings()).server.test_client()  # type: ignore[arg-type]
    return client


def behind(client: FlaskClient, search: str) -> list[dict[str, Any]]:
    answer = client.post("/_cypher", json={"search": search})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json["statements"]  # type: ignore[index]
    return found


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("", "Term sets"),
        ("?term=s0001&open=s0001", "A term"),
        ("?focus=s0001", "A term"),
        ("?health=*", "All terms, for the health page"),
        ("?health=s", "The terms of a set"),
    ],
)
def test_what_is_looked_at_comes_first(client: FlaskClient, search: str, first: str) -> None:
    found = behind(client, search)
    assert found[0]["title"].startswith(first), [one["title"] for one in found]
    assert all("MATCH" in one["text"] and one["answers"] for one in found)


def test_steps_of_one_search_are_told_apart(client: FlaskClient) -> None:
    steps = [one for one in behind(client, "?path=s0001,s0002") if one["title"].startswith("One hop outwards")]
    assert [one["answers"] for one in steps[1:]] == ["the same for hub", "the same for s0002"]
    assert steps[0]["answers"].startswith("the terms next to any of these")
    drawn = [one for one in behind(client, "?path=s0001,s0002") if one["title"] == "A map"]
    assert drawn[1]["answers"] == "the same for s0001, hub, s0002"


def test_the_parameters_are_those_that_ran(client: FlaskClient) -> None:
    (term, *_, _neighbours) = behind(client, "?term=s0001&open=s0001")
    assert term["given"] == [["id", "s0001"]]
    drawn = next(one for one in behind(client, "?term=s0001") if one["title"] == "A map")
    given = dict(drawn["given"])
    ids = values([Field("ids", ANY, given["ids"])])["ids"]
    assert "s0001" in ids
    assert set(values([Field("among", ANY, given["among"])])["among"]) == set(ids)


@pytest.mark.parametrize("value", ["rag", "12", "true", "null", '"quoted"', "", [1, "a"], {"a": None}, 7, 1.5, False])
def test_a_field_gives_the_same_value_again(value: Any) -> None:
    assert values([Field("x", ANY, shown(value))]) == {"x": value}


def test_without_an_address_there_is_no_answer(client: FlaskClient) -> None:
    assert client.post("/_cypher", json={}).status_code == 400


def test_a_search_that_finds_nothing_reads_no_hits(client: FlaskClient) -> None:
    titles = [one["title"] for one in behind(client, "?q=zzzz")]
    assert "Names of all terms" in titles
    assert not any(title.startswith("Some terms in short") for title in titles)
