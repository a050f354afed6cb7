"""The API on both engines: each answer is what the screen shows, odd ids are right, and Schemathesis finds nothing."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from cli.mapfile import write_graphml, write_table
from explorer import path_panel
from explorer.api import routes
from explorer.api.operations import OPERATIONS
from explorer.app import create_app
from explorer.scenes import Scenes
from explorer.screen import Screens
from explorer.search import Finder
from explorer.serve import free_door, listen
from explorer.view import View, address
from graph.connection import Graph
from graph.library import bind, read_library
from graph.settings import Settings
from tests.conftest import wipe
from tests.integration.test_load import load

CONFIG = Path(__file__).parent.parent / "data" / "schemathesis.toml"
DATA = Path(__file__).parent.parent.parent / "data"
ODD = """
set: odd
title: Odd
terms:
  - {name: C++, definition: A language., related: [C, "العربية", {to: Emoji 🦄, kind: uses}]}
  - {name: C, definition: "Another <b>language</b>."}
  - {name: "العربية", definition: "‏من اليمين", aliases: ["a/b", "%00", "' OR 1=1"]}
  - {name: Emoji 🦄, definition: A horn., related: [C]}
"""
WORDS = [
    "vector",
    "rag",
    "c++",
    "embedings",
    "ear",
    "العربية",
    "a/b",
    "%00",
    "🦄",
    "how models learn",
    "zzzzqqq",
    '" OR "',
]


class Site:
    """The app of a graph, and its own screens to compare with."""

    def __init__(self, graph: Graph) -> None:
        writers = {"graphml": write_graphml, "csv": write_table}
        self.dash = create_app(graph, Settings(), writers=writers)
        self.client: FlaskClient = self.dash.server.test_client()
        self.screens = Screens(Scenes(graph), Finder(graph))
        self.screens.finder.renew(self.screens.scenes.look())
        deadline = time.monotonic() + 30
        while not self.screens.finder.ready or self.client.get("/api/search?q=x").status_code == 503:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def get(self, name: str, /, **asked: Any) -> Any:
        answer = self.client.get(f"/api/{name}", query_string=asked)
        assert answer.status_code == 200, answer.text
        return answer.json

    def all(self, name: str, **asked: Any) -> list[Any]:
        """The items of all pages."""
        body = self.get(name, **asked)
        items = body["items"]
        while body["next"]:
            body = self.client.get(body["next"]).json
            items += body["items"]
        return items

    def panel(self, view: View) -> list[Any]:
        """The parts of the screen's panel, each with all that is in it, in their order."""
        return [one for part in self.screens.screen(address(view), None, True).panel for one in parts(part)]


def parts(one: Any) -> Iterator[Any]:
    if isinstance(one, list):
        for each in one:
            yield from parts(each)
    elif one is not None and not isinstance(one, str):
        yield one
        yield from parts(getattr(one, "children", None))


def has(one: Any, name: str) -> str:
    """An attribute of an element, "" when it has none of that name."""
    given = getattr(one, "given", None)
    return str((vars(one) if given is None else given).get(name, ""))


def terms(panel: list[Any], class_name: str) -> list[str]:
    return [has(one, "data-of") for one in panel if has(one, "className").split()[:1] == [class_name]]


@pytest.fixture(scope="module")
def site(shared_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    wipe(shared_graph)
    odd = tmp_path_factory.mktemp("api") / "odd.yaml"
    odd.write_text(ODD, encoding="utf-8")
    load(shared_graph, str(DATA), str(odd))
    patch = pytest.MonkeyPatch()
    patch.setattr(routes, "MOST_IN_A_MINUTE", 1_000_000)
    yield Site(shared_graph)
    patch.undo()


@pytest.mark.parametrize("words", WORDS)
def test_a_search_finds_what_the_page_lists(site: Site, words: str) -> None:
    listed = terms(site.panel(View(words=words)), "line")
    found = site.all("search", q=words, limit=7)
    nearest = site.get("search", q=words)["nearest"]
    assert [one["term"]["id"] for one in found or nearest] == listed


def some_terms(site: Site) -> list[str]:
    ids = sorted(row["id"] for row in site.screens.scenes.graph.read_all("explore/names"))
    return [*random.Random(3).sample(ids, 25), "c-plus-plus", "c", "العربية"]


def test_a_term_and_its_neighbours_are_those_of_the_panel(site: Site) -> None:
    for key in some_terms(site):
        panel = site.panel(View(term=key))
        told, near = site.get("term", id=key), site.all("neighbours", id=key, limit=5)
        assert path_panel.plain(next(one for one in panel if has(one, "id") == "term-name")) == told["name"]
        assert told["definition"] in path_panel.plain(panel) or not told["definition"]
        assert sorted(one["term"]["id"] for one in near) == sorted(terms(panel, "term"))
        assert {one["words"] for one in near} == {str(one.children) for one in panel if type(one).__name__ == "H4"} - {
            entry["title"] for entry in told["entries"]
        }
        assert told["neighbours"] == len({one["term"]["id"] for one in near})
        assert [one["term"]["id"] for one in near] == [
            one["term"]["id"] for one in site.get("neighbours", id=key, limit=100)["items"]
        ]


def test_paths_are_told_in_the_sentences_of_the_panel(site: Site) -> None:
    keys = some_terms(site)
    lengths = set()
    for start, end in zip(keys, keys[1:] + keys[:1], strict=True):
        panel = site.panel(View(path=(start, end)))
        told = site.get("paths", **{"from": start, "to": end})
        listed = next((one for one in panel if has(one, "className") == "way-sentences"), None)
        sentences = [path_panel.plain(one) for one in listed.children] if listed else []
        assert [one["sentence"] for one in told["ways"]] == sentences
        assert path_panel.plain(next(one for one in panel if has(one, "className") == "shown")) in told["summary"]
        assert {term for one in told["ways"] for term in one["terms"]} <= {one["id"] for one in told["terms"]}
        lengths.add(len(told["ways"]))
    assert len(lengths) > 1, "with a way and without"


def test_kinds_that_are_left_out_do_not_count(site: Site) -> None:
    everything = site.get("paths", **{"from": "c-plus-plus", "to": "emoji"})
    assert [one["terms"] for one in everything["ways"]] == [["c-plus-plus", "emoji"]]
    fewer = site.get("paths", **{"from": "c-plus-plus", "to": "emoji", "hide-kind": ["uses"]})
    assert [one["terms"] for one in fewer["ways"]] == [["c-plus-plus", "c", "emoji"]]
    none = site.get("paths", **{"from": "c-plus-plus", "to": "emoji", "hide-kind": ["related", "uses"]})
    assert (none["ways"], none["blocked"]) == ([], True)


def test_sets_are_those_of_the_start_page(site: Site) -> None:
    titles = [path_panel.plain(one) for one in site.panel(View()) if has(one, "className") == "set-title"]
    assert [one["title"] for one in site.all("sets", limit=1)] == titles
    assert site.get("sets")["terms"] == site.screens.scenes.library().terms


@pytest.mark.parametrize("view", [View(), View(focus="embeddings", depth=2, hidden_kinds=("uses",)), View(reading="c")])
def test_an_export_is_what_the_map_shows(site: Site, view: View) -> None:
    for format_ in ("csv", "graphml", "html"):
        asked = f"format={format_}&{address(view).removeprefix('?')}"
        ours, page = site.client.get(f"/api/export?{asked}"), site.client.get(f"/_export?{asked}")
        assert (ours.status_code, ours.data) == (200, page.data)
        assert ours.headers["Content-Disposition"] == page.headers["Content-Disposition"]
    told = site.client.get(f"/api/export{address(view)}").json
    scene, _, _ = site.screens.shown(address(view))
    assert [one["id"] for one in told["terms"]] == [node.id for node in scene.nodes]
    shown = {(one.source, one.kind, one.target) for one in scene.relations if one.kind not in view.hidden_kinds}
    assert {(one["source"], one["kind"], one["target"]) for one in told["relations"]} == shown


@pytest.mark.parametrize(
    "key", ["a/b", "\0", "a\0b", "..", "\u202ecba", "🦄🦄", "'", '"', "\\", "$id", "x" * 500, "\n", "\ufffd"]
)
def test_an_id_that_no_term_has_is_not_found_whatever_it_holds(site: Site, key: str) -> None:
    for question in ("term", "neighbours"):
        answer = site.client.get(f"/api/{question}", query_string={"id": key})
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), answer.text
    answer = site.client.get("/api/paths", query_string={"from": key, "to": "c"})
    assert answer.status_code == 404, answer.text


def test_what_was_kept_is_asked_for_anew_after_a_load(site: Site, tmp_path: Path) -> None:
    kept = {"If-None-Match": site.client.get("/api/term?id=c").headers["ETag"]}
    assert site.client.get("/api/term?id=c", headers=kept).status_code == 304
    changed = tmp_path / "odd.yaml"
    changed.write_text(ODD.replace("Another", "A second"), encoding="utf-8")
    load(site.screens.scenes.graph, str(changed))
    answer = site.client.get("/api/term?id=c", headers=kept)
    assert answer.status_code == 200
    assert answer.json["definition"] == "A second <b>language</b>."  # type: ignore[index]


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    """The address at which the app is really served."""
    with free_door("127.0.0.1", 0) as door:
        web = listen(site.dash, [door])
        thread = threading.Thread(target=web.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        web.trigger.pull_trigger(web.close)  # in its own thread: that one would go on to wait at what is closed


def test_the_library_is_that_of_the_command_line(site: Site) -> None:
    told = site.get("library", limit=100)
    shipped = read_library().queries
    assert [one["name"] for one in told["items"]] == [one.name for one in shipped]
    assert told["total"] == len(shipped)
    assert [one["text"] for one in told["items"]] == [one.text for one in shipped]


def test_a_query_of_the_library_answers_as_the_graph_does(site: Site) -> None:
    wanted = read_library().find("two-hops-away")
    given = {"term": "embeddings", "limit": 5}
    answer = site.get("query", name="two-hops-away", parameters=json.dumps(given))
    asked = site.screens.scenes.graph.query(wanted.text, bind(wanted, given))
    assert answer["columns"] == list(asked.columns)
    assert answer["rows"] == [list(row) for row in asked.rows] != []
    assert not answer["truncated"]
    cut = site.get("query", name="most-connected", limit=1)
    assert (len(cut["rows"]), cut["truncated"]) == (1, True)
    assert "first 1 rows" in " ".join(cut["cuts"])


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("name=two-hop-away", 404, "did you mean two-hops-away?"),
        ("name=two-hops-away&parameters=[]", 422, "JSON object"),
        ("name=two-hops-away&parameters={", 422, "JSON object"),
        ("name=two-hops-away&parameters={%22limit%22:%22x%22}", 422, "a whole number"),
        ("name=two-hops-away&parameters={%22nix%22:1}", 422, "has no parameter 'nix'"),
        ("name=two-hops-away&limit=100000", 400, "limit"),
        ("", 400, "name"),
    ],
)
def test_a_query_that_cannot_run_is_told_why(site: Site, query: str, status: int, told: str) -> None:
    answer = site.client.get(f"/api/query?{query}")
    assert answer.status_code == status
    assert told in answer.json["detail"]  # type: ignore[index]


def test_schemathesis_finds_nothing(site: Site, served: str, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", f"{served}/api/openapi.json"),
        *("--mode", "all", "--checks", "all", "--generation-deterministic", "--max-examples", "20", "--max-time", "40"),
        *("--no-shrink", "--no-color", "--continue-on-failure"),
    ]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert f"Tested: {len(OPERATIONS)}" in done.stdout, done.stdout[-3000:]
    assert time.monotonic() - began < 60
