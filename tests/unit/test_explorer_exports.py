"""What the map shows as a file, by the route of the page: formats, what is hidden, names of anyone, refusals."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cli.mapfile import write_graphml, write_table
from explorer.app import create_app
from explorer.mapfile import file_name
from explorer.view import View
from graph.settings import Settings
from loader.checking import check_files
from tests.memory import MemoryGraph, wheel

HOSTILE = '</script><img src=x onerror=alert(1)> & "quoted"; \x01=1+1'
ODD = [
    {
        "id": "odd",
        "name": HOSTILE,
        "definition": HOSTILE,
        "category": HOSTILE,
        "aliases": [HOSTILE],
        "explanation": HOSTILE,
        "importance": 2.0,
    },
    {"id": "plain", "name": "Plain", "definition": "Nothing odd.", "importance": 1.0},
    {"id": "pale", "name": "Pale", "defined": False},
]
RELATIONS = [("odd", "uses", "plain"), ("odd", "regulates", "plain"), ("odd", "related", "pale")]


def client_of(graph: MemoryGraph) -> FlaskClient:
    writers = {"graphml": write_graphml, "csv": write_table}
    client: FlaskClient = create_app(graph, Settings(), writers=writers).server.test_client()  # type: ignore[arg-type]
    return client


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph(ODD, RELATIONS)


def get(graph: MemoryGraph, format_: str, recipe: str = "") -> TestResponse:
    return client_of(graph).get(f"/_export?format={format_}&{recipe}")


def terms_in_page(answer: TestResponse) -> list[list[Any]]:
    (data,) = re.findall(r'id="data">(.*?)</script>', answer.text, re.DOTALL)
    rows: list[list[Any]] = json.loads(data)["terms"]
    return rows


def ids_in_graph(answer: TestResponse) -> set[str]:
    return {str(node.get("id")) for node in ET.fromstring(answer.text).iter() if node.tag.endswith("}node")}


@pytest.mark.parametrize(
    ("format_", "type_"),
    [("graphml", "application/graphml+xml"), ("csv", "text/csv"), ("html", "text/html")],
)
def test_a_file_is_a_download_that_nobody_keeps(graph: MemoryGraph, format_: str, type_: str) -> None:
    answer = get(graph, format_, "focus=odd")
    assert (answer.status_code, answer.mimetype) == (200, type_)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=conceptmap-odd.{format_}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_holds_what_the_map_shows_and_nothing_that_is_hidden() -> None:
    recipe = "focus=hub&without=s0003&hide=Hubs"
    for graph, hidden in ((wheel(5), set()), (wheel(5), {"hub", "s0003"})):
        wanted = {"hub", *(f"s{number:04}" for number in range(5))} - hidden
        asked = recipe if hidden else "focus=hub"
        assert ids_in_graph(get(graph, "graphml", asked)) == wanted
        assert {row[0] for row in terms_in_page(get(graph, "html", asked))} == wanted
        names = [line.split(",")[0] for line in get(graph, "csv", asked).text.splitlines()[1:]]
        assert {"hub" if name == "Hub" else name for name in names} == wanted


def test_hidden_kinds_are_in_no_file(graph: MemoryGraph) -> None:
    assert "regulates" in get(graph, "graphml").text
    for format_ in ("graphml", "csv", "html"):
        assert "regulates" not in get(graph, format_, "hide-kind=regulates").text


def test_names_of_anyone_stay_text(graph: MemoryGraph) -> None:
    root = ET.fromstring(get(graph, "graphml", "focus=odd").text)
    assert HOSTILE.replace("\x01", "") in [
        data.text for data in root.iter("{http://graphml.graphdrawing.org/xmlns}data")
    ]
    page = get(graph, "html", "focus=odd")
    assert len(re.findall("<script", page.text)) == 3
    assert HOSTILE in [row[1] for row in terms_in_page(page)]


def test_a_table_from_the_page_is_read_without_an_error(graph: MemoryGraph, tmp_path: Path) -> None:
    answer = get(graph, "csv", "focus=odd")
    path = tmp_path / "conceptmap-odd.csv"
    path.write_text(answer.text.replace("\x01", ""), encoding="utf-8")
    sets, problems = check_files([str(path)])
    assert [one for one in problems if one.is_error] == []
    assert len(sets) == 1
    assert answer.text.count("Plain") == 2


def test_what_a_table_has_no_place_for_is_told(graph: MemoryGraph) -> None:
    assert get(graph, "csv").headers["X-Left-Out"] == "1 regulates relation"
    assert "1 term that no set defines" in get(graph, "csv", "focus=odd").headers["X-Left-Out"]
    assert "X-Left-Out" not in get(graph, "csv", "focus=plain&hide-kind=regulates").headers


def test_a_graph_holds_terms_that_no_set_defines_and_who_told_a_relation(graph: MemoryGraph) -> None:
    text = get(graph, "graphml", "focus=odd").text
    assert ids_in_graph(get(graph, "graphml", "focus=odd")) == {"odd", "plain", "pale"}
    assert '<data key="defined">false</data>' in text
    assert '<data key="sets">s</data>' in text
    assert '<data key="community">1</data>' in text


@pytest.mark.parametrize("format_", ["", "pdf", "yaml", "../../etc", "html%00"])
def test_a_format_that_is_not_known_is_refused_in_a_sentence(graph: MemoryGraph, format_: str) -> None:
    answer = get(graph, format_)
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "csv, graphml, html" in answer.text


@pytest.mark.parametrize("recipe", ["focus=no-such-term", "path=x,y", "hide=-&hide-set=s"])
def test_a_map_without_terms_is_refused_in_a_sentence(graph: MemoryGraph, recipe: str) -> None:
    answer = get(graph, "csv", recipe)
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert answer.text.startswith("No terms are to be seen")


def test_without_a_database_a_sentence_says_what_to_do(graph: MemoryGraph) -> None:
    graph.away = True
    answer = get(graph, "html")
    assert answer.status_code == 503
    assert answer.text == "No database answers at bolt://x: start the server there."


def test_a_defect_is_a_sentence_without_its_traceback(graph: MemoryGraph) -> None:
    graph.broken = "explore/texts"
    answer = get(graph, "html")
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert "Traceback" not in answer.text
    assert "a defect" not in answer.text


def test_other_sites_get_no_file(graph: MemoryGraph) -> None:
    answer = client_of(graph).get("/_export?format=csv", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (View(), "conceptmap"),
        (View(term="rag"), "conceptmap-rag"),
        (View(path=("a", "b"), term="c"), "conceptmap-a-to-b"),
        (View(focus='../"x"\r\n/é'), "conceptmap--x-é"),
    ],
)
def test_a_file_is_called_after_its_map_by_a_safe_name(view: View, name: str) -> None:
    assert file_name(view) == name
