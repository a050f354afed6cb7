"""The login of a served explorer, as processes of their own on both engines: who gets in, and who is believed."""

import base64
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from graph.connection import Graph
from tests.integration.served import ROOT, Serve, Served, serving
from tests.integration.test_load import Write, load

PASSWORD = "correct horse battery"
BASIC = "Basic " + base64.b64encode(f"ada:{PASSWORD}".encode()).decode()


def log_in(served: Served, **headers: str) -> tuple[int, Any, str]:
    form = urlencode({"name": "ada", "password": PASSWORD, "next": "/?term=alpha"})
    return served.ask("/login", "POST", form, Content__Type="application/x-www-form-urlencoded", **headers)


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
    with serving(graph, tmp_path) as serve:
        yield serve


def test_an_explorer_for_others_answers_those_who_log_in(serve: Serve, users: dict[str, str]) -> None:
    served = serve("--host", "0.0.0.0", **users)
    status, headers, _ = served.ask("/?term=alpha")
    assert (status, headers["Location"]) == (303, "/login?next=%2F%3Fterm%3Dalpha")
    for path in ("/_dash-layout", "/_suggest?q=a", "/_export?format=csv", "/api/sets", "/api/openapi.json"):
        status, _, text = served.ask(path)
        assert (status, "Alpha" in text) == (401, False), path
    assert json.loads(served.ask("/readyz")[2]) == {"ready": True}
    status, headers, _ = log_in(served)
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
    assert "Secure" in log_in(behind, X__Forwarded__Proto="https")[1]["Set-Cookie"]
    alone = serve(**users)
    assert "Secure" not in log_in(alone, X__Forwarded__Proto="https")[1]["Set-Cookie"]


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
    cookie = log_in(second)[1]["Set-Cookie"].partition(";")[0]
    assert second.ask("/api/term?id=alpha", Cookie=cookie)[0] == 200
    assert "Log out ada" in second.ask("/_dash-layout", Cookie=cookie)[2]
