"""Starting, losing the server, and ending: with real processes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Map, Site, environment, explorer, title

pytestmark = pytest.mark.browser


def java_of(home: Path) -> list[psutil.Process]:
    """The database processes that serve a data folder."""
    found = []
    for process in psutil.process_iter(["name", "cmdline", "cwd"]):
        line = " ".join(process.info["cmdline"] or ()) + str(process.info["cwd"])
        if "java" in (process.info["name"] or "") and str(home) in line:
            found.append(process)
    return found


def supervisors_of(home: Path) -> list[psutil.Process]:
    """The supervisors of a data folder's servers."""
    lines = [(process, " ".join(process.info["cmdline"] or ())) for process in psutil.process_iter(["cmdline"])]
    return [process for process, line in lines if "graph.server.supervisor" in line and str(home) in line]


def get(url: str) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def gone(check: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something is gone within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not check():
            return True
        time.sleep(0.2)
    return False


def test_an_empty_database_says_what_to_do_and_fills_by_itself(page: Page, tmp_path: Path) -> None:
    with explorer(tmp_path) as site:
        page.goto(site.url)
        expect(page.locator("#panel")).to_contain_text("Nothing is loaded yet")
        expect(page.locator("#panel")).to_contain_text("conceptmap load")
        site.command("load", str(ROOT / "data"))
        expect(page.locator("#panel")).to_contain_text("AI and machine learning", timeout=20_000)


def test_the_server_is_killed_and_comes_back(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/?term=embeddings")
    title(page, "Embeddings")
    before = Map(page).settled(40)
    assert get(f"{site.url}/readyz")[0] == 200
    supervisors = supervisors_of(site.home)
    assert supervisors
    for supervisor in supervisors:
        supervisor.suspend()
    try:
        for process in java_of(site.home):
            process.kill()
        expect(page.locator("#banner")).to_be_visible(timeout=30_000)
        expect(page.locator("#banner")).to_contain_text("The map stays")
        assert Map(page).positions() == before
        assert get(f"{site.url}/healthz")[0] == 200
        assert get(f"{site.url}/readyz")[0] == 503
    finally:
        for supervisor in supervisors:
            supervisor.resume()
    expect(page.locator("#banner")).to_be_hidden(timeout=40_000)
    page.locator("#panel .neighbours ul button").first.click()
    expect(page.locator("#panel h2")).not_to_have_text("Embeddings")


@pytest.mark.parametrize(
    "signals", [[signal.SIGINT], [signal.SIGINT, signal.SIGINT], [signal.SIGTERM], [signal.SIGKILL]]
)
def test_the_demo_ends_everything_it_started(tmp_path: Path, signals: list[int]) -> None:
    command = [sys.executable, "-m", "conceptmap", "demo", "--no-open", "--port", "0"]
    with (tmp_path / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=stderr, text=True, start_new_session=True
        )
    assert process.stdout is not None
    assert any("The map is at" in line for line in process.stdout)
    assert java_of(tmp_path)
    for number in signals:
        os.killpg(process.pid, number)
        time.sleep(0.05)
    process.wait(10)
    assert gone(lambda: bool(java_of(tmp_path)))
    assert "Traceback" not in (tmp_path / "stderr").read_text()


def test_the_demo_ends_while_it_is_loading(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "conceptmap", "demo", "--no-open", "--port", "0"]
    process = subprocess.Popen(
        command, env=environment(tmp_path), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    assert any("Loading the term sets" in line for line in process.stderr)
    os.killpg(process.pid, signal.SIGINT)
    assert "Traceback" not in process.communicate(timeout=15)[1]
    assert gone(lambda: bool(java_of(tmp_path)))
    with explorer(tmp_path, "demo", "--no-open") as site:
        sets = json.loads(site.command("sets", "--format", "json").stdout)
        assert [(row["id"], row["state"]) for row in sets] == [("ai", "ready"), ("knowledge-graphs", "ready")]


def test_a_second_command_meets_the_same_server_and_data_stay(page: Page, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "set: mine\nterms: [{name: My Own Term, definition: Mine., related: [Embeddings]}]", encoding="utf-8"
    )
    with explorer(tmp_path, "demo", "--no-open") as site:
        page.goto(site.url)
        Map(page).settled(40)
        site.command("load", str(tmp_path / "mine.yaml"))
        expect(page.locator("#offer")).to_be_visible(timeout=20_000)
        page.goto(f"{site.url}/?term=my-own-term")
        title(page, "My Own Term")
        site.command("unload", "ai", "--wait", "5")
    with explorer(tmp_path, "demo", "--no-open") as site:
        sets = [row["id"] for row in json.loads(site.command("sets", "--format", "json").stdout)]
        assert sets == ["mine", "knowledge-graphs"]


def test_a_taken_port_is_told_and_the_next_is_used(site: Site) -> None:
    port = int(re.sub(r".*:", "", site.url))
    command = [sys.executable, "-m", "conceptmap", "explore", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(site.home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline()
    process.terminate()
    process.wait(20)
    assert f"Port {port} is taken" in process.stderr.read()
    assert f":{port} " not in line


def test_only_our_own_page_may_ask(site: Site) -> None:
    request = urllib.request.Request(site.url, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=10)
    assert caught.value.code in (403, 421)
    with urllib.request.urlopen(site.url, timeout=10) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
