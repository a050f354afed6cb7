"""A real explorer in a process of its own, a real Chromium, and a page to meet it with."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import provide
from tests.conftest import missing

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WHEEL = "set: wheel\ntitle: A wheel\nterms:\n" + "".join(
    [
        "- {name: Wheel, definition: The middle of it all., category: Wheels, related: ["
        + ", ".join(f"Spoke {number:02}" for number in range(57))
        + "]}\n",
        *(f"- {{name: Spoke {number:02}, definition: Spoke {number}., category: Spokes}}\n" for number in range(57)),
    ]
)
HOSTILE = """
set: hostile
title: Hostile
terms:
  - name: Hostile <b>Term</b>
    definition: "<script>window.hacked = 1</script> and <img src=x onerror='window.hacked = 1'>"
    explanation: |
      [a link](javascript:window.hacked=1) and <iframe src="https://example.org"></iframe>

      ![beacon](https://example.org/beacon.png)
    related: [C++, AND, '"quoted"']
  - {name: C++, definition: A language.}
  - {name: C, definition: Another language.}
  - {name: AND, definition: A gate.}
  - {name: '"quoted"', definition: In quotes.}
  - {name: Constructor, definition: Makes objects., related: [ToString, C]}
  - {name: ToString, id: toString, definition: Tells what an object is.}
"""


expect.set_options(timeout=20_000)  # a machine with two cores runs two servers, the explorer and the browser


@dataclass(frozen=True)
class Site:
    """A running explorer: its address, and how to run a command against the same server."""

    url: str
    home: Path
    process: subprocess.Popen[str]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "conceptmap", *arguments]
        return subprocess.run(
            command, env=environment(self.home), capture_output=True, text=True, timeout=120, check=True
        )


def environment(home: Path) -> dict[str, str]:
    """The environment of a command on a data folder."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    return kept | {"CONCEPTMAP_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@contextmanager
def explorer(home: Path, *arguments: str, **settings: str) -> Iterator[Site]:
    """Start `conceptmap explore` (or another command) on a free port and end it as Ctrl-C would."""
    command = [sys.executable, "-m", "conceptmap", *(arguments or ("explore",)), "--port", "0"]
    process = subprocess.Popen(command, env=environment(home) | settings, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                yield Site(found[0], home, process)
                break
        else:
            raise AssertionError("the explorer did not start")
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped sets, a wheel of 57 neighbours and a hostile set, in the bundled server."""
    home = tmp_path_factory.mktemp("home")
    with explorer(home) as site:
        for name, text in (("wheel", WHEEL), ("hostile", HOSTILE)):
            (home / f"{name}.yaml").write_text(text, encoding="utf-8")
        site.command("load", str(ROOT / "data"), str(home / "wheel.yaml"), str(home / "hostile.yaml"))
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        path = provide.headless_chromium()
    except provide.Missing as error:
        missing(str(error))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test when a script raised, or when it asked for anything from elsewhere."""
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert errors == []
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []


CY = "document.querySelector('.__________cytoscape_container')._cyreg.cy"


class Map:
    """The map on a page: what is on it and where, and a hand to click with."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def positions(self) -> dict[str, tuple[float, float]]:
        """Where each term is, in the map's own coordinates."""
        script = f"() => Object.fromEntries({CY}.nodes().map(n => [n.id(), [n.position('x'), n.position('y')]]))"
        return {key: tuple(value) for key, value in self.page.evaluate(script).items()}

    def settled(self, least: int = 1) -> dict[str, tuple[float, float]]:
        """The positions once they have stopped changing."""
        self.page.wait_for_function(
            f"() => document.querySelector('.__________cytoscape_container')?._cyreg?.cy?.nodes().length >= {least}"
        )
        before: Any = None
        deadline = time.monotonic() + 15
        while (now := self.positions()) != before and time.monotonic() < deadline:
            before = now
            self.page.wait_for_timeout(350)
        return now

    def place(self, term: str) -> tuple[float, float]:
        """Where a term is on the screen, in pixels."""
        script = f"""term => {{
          const at = {CY}.$id(term).renderedPosition();
          const box = {CY}.container().getBoundingClientRect();
          return [box.left + at.x, box.top + at.y];
        }}"""
        x, y = self.page.evaluate(script, term)
        return x, y

    def click(self, term: str) -> None:
        self.page.mouse.click(*self.place(term))

    def double_click(self, term: str) -> None:
        self.page.mouse.dblclick(*self.place(term))


@pytest.fixture
def open_page(page: Page, site: Site) -> Any:
    """Open a view by its query string and wait until its map stands."""

    def open_page(query: str = "") -> Map:
        page.goto(f"{site.url}/{query}")
        map_ = Map(page)
        map_.settled()
        return map_

    return open_page


def in_both_themes(page: Page, look: Callable[[Page], list[Any]]) -> list[Any]:
    """What `look` finds on the page in the theme that it has, and when the system has taken the other."""
    found: list[Any] = []
    present = page.locator("html").get_attribute("data-theme")
    for theme in ("light", "dark") if present == "light" else ("dark", "light"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        found += [(theme, one) for one in look(page)]
    return found


def title(page: Page, name: str) -> None:
    """The panel shows this term."""
    expect(page.locator("#panel h2")).to_have_text(name)
