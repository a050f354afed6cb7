"""The assembled app without a browser: who is answered, with which headers, and what happens without a database."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from explorer import frame, health, ids, security, style
from explorer.app import create_app
from explorer.health import Pulse
from explorer.scenes import Scenes
from explorer.search import Finder
from explorer.serve import free_door
from graph.errors import ServerUnreachable
from graph.settings import Settings
from tests.memory import wheel

ASSETS = Path(security.__file__).parent / "assets"


class Fake:
    """A graph that is empty, or away."""

    away = False

    def read(self, name: str, /, **_: Any) -> list[dict[str, Any]]:
        if self.away:
            raise ServerUnreachable("No database answers at bolt://x: start the server there.")
        return [{"id": None, "now": None}] if name == "explore/term" else []

    read_all = read

    def fold(self, name: str, /, make: Callable[[Iterator[dict[str, Any]]], Any]) -> Any:
        return make(iter(self.read(name)))


@pytest.fixture
def graph() -> Fake:
    return Fake()


@pytest.fixture
def client(graph: Fake) -> FlaskClient:
    settings = Settings(CONCEPTMAP_ALLOWED_HOSTS="map.example.org, other.example")  # type: ignore[call-arg]
    client: FlaskClient = create_app(graph, settings).server.test_client()  # type: ignore[arg-type]
    return client


def test_health_is_always_well_and_ready_only_with_a_database(client: FlaskClient, graph: Fake) -> None:
    assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 200)
    graph.away = True
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "No database answers" in answer.json["message"]  # type: ignore[index]


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost", "[::1]:8050", "map.example.org", "OTHER.example:80"])
def test_known_hosts_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8050", "10.0.0.1"])
def test_other_hosts_are_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "CONCEPTMAP_ALLOWED_HOSTS" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_requests_of_other_sites_are_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/_dash-update-component", json={}, headers=headers).status_code == 403
    assert client.get("/_suggest?q=a", headers=headers).status_code == 403


def test_our_own_page_may_ask(client: FlaskClient) -> None:
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.get("/_suggest?q=a", headers=own).json["hits"] == []  # type: ignore[index]


def test_every_answer_carries_the_headers(client: FlaskClient) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self' 'sha256-", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/").text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "<title>conceptmap</title>" in page


def test_fingerprinted_files_are_kept_and_the_page_is_not(client: FlaskClient) -> None:
    page = client.get("/")
    assert "no-cache" in page.headers["Cache-Control"]
    for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text):
        assert "immutable" in client.get(path).headers["Cache-Control"], path


def test_the_page_has_our_scripts_as_one_and_our_styles_and_none_of_dash_that_it_has_no_use_for(
    client: FlaskClient,
) -> None:
    page = client.get("/").text
    loaded = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"?]+)', page)
    own = [path for path in loaded if path.startswith("/assets/")]
    assert own == ["/assets/theme.js", "/assets/first.js", "/assets/all.css", "/assets/all.js"]
    assert any("dash_renderer" in path for path in loaded)
    assert not [path for path in loaded if "polyfill" in path or "dash_table" in path]
    for kind in ("js", "css"):
        text = client.get(f"/assets/all.{kind}").text
        for asset in ASSETS.glob(f"*.{kind}"):
            assert (asset.read_text(encoding="utf-8") in text) != (asset.name in frame.HEAD), asset.name


def test_a_page_of_another_version_does_not_keep_our_files_under_its_mark(client: FlaskClient) -> None:
    for path in re.findall(r'"(/(?:assets/all|lazy/)[^"]+)"', client.get("/").text):
        assert "immutable" in client.get(path).headers["Cache-Control"], path
        other = client.get(path[:-1] + ("1" if path[-1] == "0" else "0"))
        assert (other.status_code, other.headers["Cache-Control"]) == (200, "no-store"), path


def test_an_asset_that_is_not_there_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/none.js?m=1")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_pages_that_ask_at_once_share_one_look_at_a_database_that_hangs() -> None:
    graph = wheel(3)
    asked = graph.read
    hanging, looks = threading.Event(), []

    def read(name: str, /, **given: Any) -> list[dict[str, Any]]:
        looks.append(name)
        hanging.wait(20)
        return asked(name, **given)

    graph.read = read  # type: ignore[method-assign]
    pulse = Pulse(Scenes(graph), Finder(graph))  # type: ignore[arg-type]
    began = time.monotonic()
    with ThreadPoolExecutor(3) as pages:
        assert [state[1] for state in pages.map(lambda _: pulse.state(), range(3))] == [503] * 3
    assert pulse.state()[1] == 503
    assert time.monotonic() - began < health.PATIENCE + 2
    assert looks == ["explore/revision"]
    hanging.set()
    deadline = time.monotonic() + 20
    while pulse.state()[1] != 200:
        assert time.monotonic() < deadline


def test_a_look_that_cannot_begin_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    graph = wheel(3)
    pulse = Pulse(Scenes(graph), Finder(graph))  # type: ignore[arg-type]
    with monkeypatch.context() as busy:
        busy.setattr(threading.Thread, "start", refused)
        with pytest.raises(RuntimeError):
            pulse.state()
    assert pulse.state()[1] == 200


def test_listening_everywhere_answers_addresses_and_no_names() -> None:
    assert security.host_allowed("192.168.0.4:8050", security.LOOPBACK, any_address=True)
    assert not security.host_allowed("evil.example", security.LOOPBACK, any_address=True)
    assert not security.host_allowed("bad host]", security.LOOPBACK, any_address=True)


def test_the_door_is_on_the_wanted_port_or_on_the_next_free_one() -> None:
    with free_door("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        with free_door("127.0.0.1", port) as other:
            assert other.getsockname()[1] > port
    with free_door("127.0.0.1", port) as again:
        assert again.getsockname()[1] == port


def test_who_comes_before_the_explorer_is_ready_waits() -> None:
    with free_door("127.0.0.1", 0) as door:
        socket.create_connection(door.getsockname(), timeout=1).close()


def test_the_stylesheet_has_the_palette_of_the_map() -> None:
    css = (ASSETS / "conceptmap.css").read_text(encoding="utf-8")
    light, dark = css.split('[data-theme="dark"]', 1)
    for part, theme in ((light, style.LIGHT), (dark, style.DARK)):
        for place, colour in enumerate(theme.colours):
            assert f"--colour-{place}: {colour};" in part
        assert f"--ground: {theme.ground};" in part


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_every_colour_stands_out_from_its_ground(theme: style.Theme) -> None:
    ground = luminance(theme.ground)
    for colour in (*theme.colours, theme.text, theme.accent):
        one, other = sorted((luminance(colour), ground))
        assert (other + 0.05) / (one + 0.05) >= 3, colour


def test_every_tint_of_the_map_looks_its_own() -> None:
    looks = {style.look(tint) for tint in range(style.OTHER)}
    assert len(looks) == style.OTHER


def test_the_assets_use_ids_that_exist() -> None:
    known = {value for name, value in vars(ids).items() if name.isupper()}
    known |= {
        "main",
        "map-box",
        "tip",
        "flash",
        "twin-button",
        "export-button",
        "term-name",
        "keys-button",
        "console-button",
    }
    for asset in ASSETS.glob("*.js"):
        text = asset.read_text(encoding="utf-8")
        used = re.findall(r'(?:getElementById|byId|props|set_props)\("([\w-]+)"', text)
        assert set(used) <= known, asset.name
