"""The login of a served explorer, as processes of their own on both engines: who gets in, and who is believed."""

import base64
import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from graph.connection import Graph
from tests.integration.processes import environment
from tests.integration.test_load import Write, load

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "correct horse battery"
BASIC = "Basic " + base64.b64encode(f"ada:{PASSWORD}".encode()).decode()


@dataclass(frozen=True)
class Served:
    """An explorer in a process of its own."""

    port: int

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, Any, str]:
        """Status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(
            method, path, body or None, {key.replace("__", "-"): value for key, value in headers.items()}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def log_in(self, **headers: str) -> tuple[int, Any, str]:
        form = urlencode({"name": "ada", "password": PASSWORD, "next": "/?term=alpha"})
        return self.ask("/login", "POST", form, Content__Type="application/x-www-form-urlencoded", **headers)


Serve = Callable[..., Served]


@pytest.fixture
def users(tmp_path: Path) -> dict[str, str]:
    settings = {"CONCEPTMAP_USERS_FILE": str(tmp_path / "users"), "CONCEPTMAP_SESSION_KEY_FILE": str(tmp_path / "key")}
    command = [sys.executable, "-m", "conceptmap", "user", "add", "ada"]
    given = os.environ | settings | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=given, input=PASSWORD, text=True, capture_output=True, timeout=120, check=True)
    return settings


@pytest.fixture
def serve(graph: Graph, write_file: Write, tmp_path: Path) -> Iterator[Serve]:
    """Start `conceptmap explore` with these settings, on a graph that holds a term."""
    load(graph, write_file("greek.yaml", "set: greek\nterms:\n- {name: Alpha, definition: The first.}\n"))
    started: list[subprocess.Popen[str]] = []

    def serve(*arguments: str, **settings: str) -> Served:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
        given = kept | environment(graph) | settings | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "conceptmap", "explore", "--port", "0", *arguments]
        process = subprocess.Popen(command, env=given, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        return Served(urlsplit(found[0]).port or 0)

    yield serve
    for process in started:
        process.terminate()
        process.wait(30)


def test_an_explorer_for_others_answers_those_who_log_in(serve: Serve, users: dict[str, str]) -> None:
    served = serve("--host", "0.0.0.0", **users)
    status, headers, _ = served.ask("/?term=alpha")
    assert (status, headers["Location"]) == (303, "/login?next=%2F%3Fterm%3Dalpha")
    for path in ("/_dash-layout", "/_suggest?q=a", "/_export?format=csv", "/api/sets", "/api/openapi.json"):
        status, _, text = served.ask(path)
        assert (status, "Alpha" in text) == (401, False), path
    assert json.loads(served.ask("/readyz")[2]) == {"ready": True}
    status, headers, _ = served.log_in()
    assert (status, headers["Location"]) == (303, "/?term=alpha")
    cookie = headers["Set-Cookie"].partition(";")[0]
    status, headers, text = served.ask("/api/term?id=alpha", Cookie=cookie)
    assert (status, json.loads(text)["definition"]) == (200, "The first.")
    assert headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept"} <= {one.strip() for one in headers["Vary"].split(",")}
    assert served.ask("/_dash-layout", Cookie=cookie)[0] == 200
    assert served.ask("/api/term?id=alpha", Authorization=BASIC)[0] == 200
    replica = serve("--host", "0.0.0.0", **users)
    assert replica.ask("/_dash-layout", Cookie=cookie)[0] == 200
    forged = cookie[:-4] + ("AAAA" if not cookie.endswith("AAAA") else "BBBB")
    assert replica.ask("/_dash-layout", Cookie=forged)[0] == 401


def test_only_a_named_proxy_says_who_it_is(serve: Serve) -> None:
    header = {"CONCEPTMAP_TRUSTED_USER_HEADER": "X-Remote-User"}
    believed = serve(**header, CONCEPTMAP_TRUSTED_PROXIES="127.0.0.1")
    assert believed.ask("/api/sets", X__Remote__User="ada")[0] == 200
    assert believed.ask("/api/sets")[0] == 401
    assert believed.ask("/api/sets", X_Remote_User="ada")[0] == 401, "another header, though WSGI spells both alike"
    assert believed.ask("/login")[0] == 403
    stranger = serve(**header, CONCEPTMAP_TRUSTED_PROXIES="192.0.2.0/24")
    assert stranger.ask("/api/sets", X__Remote__User="ada")[0] == 401


def test_a_cookie_is_secure_when_the_proxy_speaks_https(serve: Serve, users: dict[str, str]) -> None:
    behind = serve(**users, CONCEPTMAP_TRUSTED_PROXIES="127.0.0.1")
    assert "Secure" in behind.log_in(X__Forwarded__Proto="https")[1]["Set-Cookie"]
    alone = serve(**users)
    assert "Secure" not in alone.log_in(X__Forwarded__Proto="https")[1]["Set-Cookie"]


def test_with_no_login_everybody_may_look(serve: Serve) -> None:
    served = serve("--host", "0.0.0.0", "--no-login")
    assert json.loads(served.ask("/api/term?id=alpha")[2])["name"] == "Alpha"
    assert served.ask("/login")[0] == 200, "the map, as every address that is none of ours"


def test_of_two_ports_only_the_first_is_open(serve: Serve, users: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        second = Served(free.getsockname()[1])
    both = users | {"CONCEPTMAP_LOGIN_PORT": str(second.port), "CONCEPTMAP_TRUSTED_PROXIES": "127.0.0.1"}
    first = serve("--no-login", **both)
    assert json.loads(first.ask("/api/term?id=alpha")[2])["name"] == "Alpha"
    assert "logout-button" not in first.ask("/_dash-layout")[2]
    said = {"X__Forwarded__Port": str(first.port), "X__Forwarded__Host": f"127.0.0.1:{first.port}"}
    for headers in ({}, said, {"Host": f"127.0.0.1:{first.port}"}, {"Forwarded": f"host=127.0.0.1:{first.port}"}):
        status, _, text = second.ask("/api/term?id=alpha", **headers)
        assert (status, "Alpha" in text) == (401, False), headers
    cookie = second.log_in()[1]["Set-Cookie"].partition(";")[0]
    assert second.ask("/api/term?id=alpha", Cookie=cookie)[0] == 200
    assert "Log out ada" in second.ask("/_dash-layout", Cookie=cookie)[2]
