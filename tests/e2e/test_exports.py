"""The exported page, opened as a file while nothing can be asked of anyone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.page_export import Book, PageTerm, document
from explorer.queries import Relation
from graph.kinds import BUILT_IN
from tests.e2e.conftest import title
from tests.e2e.test_explorer import violations

pytestmark = pytest.mark.browser
HOSTILE = "</script><img src=x onerror='window.hacked = 1'>"
TERMS = (
    PageTerm("rag", "Retrieval", "It asks an Index.", "At *length*.", "Methods", ("RAG",), ("S",), 3.0),
    PageTerm("index", "Index", "It is asked.", "", "Parts", (), ("S",), 2.0),
    PageTerm("constructor", HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,), 1.0),
)
RELATIONS = (Relation("rag", "uses", "index"), Relation("rag", "related", "constructor"))


@pytest.fixture(params=["light", "dark"])
def opened(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page by file://, offline; it fails its test when the console says anything."""
    path = tmp_path / "page.html"
    path.write_text(document(Book("Book", TERMS, RELATIONS, tuple(BUILT_IN.values()))), encoding="utf-8")
    context = browser.new_context(color_scheme=request.param, offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    yield page
    assert said == []
    context.close()


def test_search_neighbours_and_back_work_without_a_server(opened: Page) -> None:
    expect(opened.locator("#count")).to_have_text("3 of 3 shown")
    opened.keyboard.press("/")
    opened.keyboard.type("rag")
    expect(opened.get_by_role("option").first).to_contain_text("alias: RAG")
    opened.keyboard.press("Enter")
    title(opened, "Retrieval")
    expect(opened.locator("#panel .definition")).to_contain_text("It asks an Index.")
    expect(opened.locator("#panel h4").first).to_have_text("uses")
    opened.locator("#panel .neighbours a").first.click()
    title(opened, "Index")
    expect(opened.locator("#panel h4").first).to_have_text("is used by")
    opened.go_back()
    title(opened, "Retrieval")
    opened.keyboard.press("Escape")
    title(opened, "Book")


def test_the_legend_lies_below_the_count_of_terms(opened: Page) -> None:
    count, legend = opened.locator("#count").bounding_box(), opened.locator("#filters").bounding_box()
    assert count is not None
    assert legend is not None
    assert legend["y"] >= count["y"] + count["height"]
    assert legend["x"] > 0


def test_hostile_texts_are_text(opened: Page) -> None:
    opened.goto(opened.url + "#term=constructor")
    title(opened, HOSTILE)
    opened.keyboard.press("t")
    expect(opened.locator("#list li")).to_have_count(3)
    assert opened.evaluate("window.hacked") is None


def test_the_page_is_accessible(opened: Page) -> None:
    for _ in range(2):
        found = [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations(opened)]
        assert found == []
        opened.evaluate("location.hash = '#term=rag'")
        title(opened, "Retrieval")


def test_on_a_phone_all_terms_are_in_the_window_and_the_categories_fold_away(browser: Browser, tmp_path: Path) -> None:
    terms = tuple(
        PageTerm(
            f"t{number}", f"Term {number}", "A term.", "", f"Category {number % 12}", (), ("S",), 1.0 / (number + 1)
        )
        for number in range(60)
    )
    relations = tuple(Relation(f"t{number}", "uses", f"t{number // 3}") for number in range(1, 60))
    path = tmp_path / "page.html"
    path.write_text(document(Book("Book", terms, relations, tuple(BUILT_IN.values()))), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", is_mobile=True)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator("#count")).to_have_text("60 of 60 shown")
    box = page.evaluate("() => conceptmap.map.cy().nodes().renderedBoundingBox({ includeLabels: false })")
    area = page.locator("#map-box").bounding_box()
    foot = page.locator("#filters").bounding_box()
    assert area
    assert foot
    assert box["x1"] >= 0
    assert box["x2"] <= 390
    assert box["y1"] >= 0
    assert box["y2"] + area["y"] <= foot["y"]
    first = page.locator(".legend-line").first
    expect(first).to_be_hidden()
    page.locator("#filters summary").click()
    expect(first).to_be_visible()
    assert violations(page) == []
    context.close()
