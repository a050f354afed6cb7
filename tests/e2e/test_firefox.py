"""The exported page in Firefox, which opens files with other rules and draws with other programs than Chromium."""

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from explorer.page_export import Book, document
from graph.kinds import BUILT_IN
from tests import provide
from tests.conftest import missing
from tests.e2e.conftest import CY, title
from tests.e2e.test_exports import RELATIONS, TERMS

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 1440, 900
SECONDS = 5
# In pixels: left of the panel and above the legend; the panel.
MAP, PANEL = (0, 90, 1030, 740), (1045, 60, WIDTH, HEIGHT)


@pytest.fixture(scope="session")
def firefox() -> str:
    try:
        return provide.firefox()
    except provide.Missing as error:
        missing(str(error))
        raise


class Slow(BaseHTTPRequestHandler):
    """An answer that lets whoever asks wait."""

    def do_GET(self) -> None:
        time.sleep(SECONDS)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is said on the screen."""


@pytest.fixture
def slow() -> Iterator[str]:
    """The address of a server whose answers come late."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def picture(firefox: str, folder: Path, address: str, slow: str) -> Image.Image:
    """What Firefox shows of this address, in a profile of its own.

    It takes its picture when a page has loaded, and a map is drawn later: so the page is a part of another one, which has
    loaded only when an image has that comes late.
    """
    outer = folder / "outer.html"
    style = "<style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh; display: block }</style>"
    outer.write_text(f'<!doctype html>{style}<iframe src="{address}"></iframe><img src="{slow}">', encoding="utf-8")
    home = folder / "home"
    home.mkdir(exist_ok=True)
    file = folder / "picture.png"
    command = [firefox, "--headless", "--no-remote", "--profile", str(home), f"--window-size={WIDTH},{HEIGHT}"]
    command += ["--screenshot", str(file), outer.as_uri()]
    subprocess.run(command, env=os.environ | {"HOME": str(home)}, check=True, capture_output=True, timeout=120)
    return Image.open(file).convert("RGB")


def pixels(image: Image.Image, part: tuple[int, int, int, int], colour: tuple[int, ...]) -> int:
    """How many pixels of a part of the picture have this colour, about."""
    found = image.crop(part).getcolors(WIDTH * HEIGHT) or []
    return sum(count for count, one in found if all(abs(a - b) < 12 for a, b in zip(one, colour, strict=True)))


def test_the_page_opens_in_firefox_as_in_chromium(firefox: str, browser: Browser, slow: str, tmp_path: Path) -> None:
    """Each term is drawn in its category's colour, about as large, and an address with a term shows that term."""
    path = tmp_path / "page.html"
    path.write_text(document(Book("Book", TERMS, RELATIONS, tuple(BUILT_IN.values()))), encoding="utf-8")
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", offline=True)
    page.goto(f"{path.as_uri()}#term=rag")
    title(page, "Retrieval")
    page.wait_for_timeout(500)
    page.screenshot(path=tmp_path / "chromium.png")
    told = page.evaluate(f"() => {CY}.nodes().map((node) => node.style('background-color'))")
    page.close()
    colours = {tuple(int(number) for number in re.findall(r"\d+", one)) for one in told}
    assert len(colours) == 3
    expected = Image.open(tmp_path / "chromium.png").convert("RGB")
    seen = picture(firefox, tmp_path, f"{path.as_uri()}#term=rag", slow)
    assert seen.size == expected.size
    for colour in colours:
        drawn = pixels(expected, MAP, colour)
        assert drawn > 50
        assert 0.5 < pixels(seen, MAP, colour) / drawn < 2
    other = picture(firefox, tmp_path, f"{path.as_uri()}#term=index", slow)
    assert seen.crop(PANEL).tobytes() != other.crop(PANEL).tobytes()
