"""The API asked by pages of other sites, as a browser allows it: those that are named may read, the others may not."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Site, explorer

pytestmark = pytest.mark.browser
ASK = """async ([url, headers]) => {
  try {
    const answer = await fetch(url, { headers });
    const told = await answer.json();
    return [answer.status, told.items.map(({ id }) => id), answer.headers.get("ETag") !== null];
  } catch (error) {
    return error.name;
  }
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Not a word."""


@pytest.fixture
def wiki(tmp_path: Path) -> Iterator[int]:
    """The port of another site."""
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Wiki</title>", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_page_of_a_named_origin_reads_and_no_other(browser: Browser, site: Site, wiki: int) -> None:
    named, other = f"http://localhost:{wiki}", f"http://127.0.0.1:{wiki}"
    with explorer(site.home, CONCEPTMAP_API_ORIGINS=named) as asked:
        url = f"{asked.url}/api/sets"
        page = browser.new_page()
        page.goto(named)
        status, sets, has_tag = page.evaluate(ASK, [url, {}])
        assert (status, has_tag) == (200, True)
        assert "ai" in sets
        # With a header of its own the browser asks first whether it may send it.
        assert page.evaluate(ASK, [url, {"If-None-Match": '"another"'}])[0] == 200
        assert page.evaluate(ASK, [url, {"X-Other": "1"}]) == "TypeError"
        page.goto(other)
        assert page.evaluate(ASK, [url, {}]) == "TypeError"
        assert page.evaluate(ASK, [f"{site.url}/api/sets", {}]) == "TypeError", "by default nobody may"
        page.close()
