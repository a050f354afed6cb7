"""The health page: numbers lead to terms, by mouse and by keyboard, and the map is as it was."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.e2e.conftest import in_both_themes, title
from tests.e2e.test_explorer import Open, violations

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def silent(page: Page) -> Iterator[None]:
    """No message in the console: the strict policy holds for Plotly too."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    page.on("console", note)
    yield
    assert said == []


def heading(page: Page, text: str) -> None:
    expect(page.locator("#health h2")).to_have_text(f"Health: {text}")


def drawn(page: Page) -> None:
    """Both charts stand."""
    expect(page.locator("#health .picture .bars").first).to_be_attached(timeout=20_000)
    expect(page.locator("#health .picture .bars")).to_have_count(2, timeout=20_000)


def test_plotly_comes_with_the_first_health_page_and_not_before(page: Page, open_page: Open) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    map_ = open_page()
    map_.click("foundation-model")
    title(page, "Foundation Model")
    assert not [url for url in asked if "plotly" in url or "async-graph" in url]
    page.goto(page.url.split("?")[0])
    page.get_by_role("button", name="Health of AI and machine learning").click()
    drawn(page)
    assert [url for url in asked if "plotly" in url]


def test_the_page_tells_the_set_and_a_number_leads_to_its_terms(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    page.get_by_role("button", name="Health of A wheel").click()
    heading(page, "A wheel")
    expect(page).to_have_url(re.compile("health=wheel"))
    expect(page).to_have_title("Health: A wheel · conceptmap")
    figures = page.locator("#health .figure")
    expect(figures.filter(has_text="relations").first).to_have_text("57 relations")
    expect(figures.first).to_have_text("58 terms")
    page.get_by_role("button", name="57: 1", exact=True).click()
    expect(page.locator("#health-body > h3")).to_have_text("Terms with 1 neighbour: 57")
    expect(page.locator("#health .hits button")).to_have_count(57)
    page.go_back()
    expect(figures.first).to_have_text("58 terms")
    page.get_by_role("button", name="57: Spokes").click()
    page.locator("#health .hits").get_by_role("button", name="Spoke 07").click()
    title(page, "Spoke 07")
    expect(page.locator("#health")).to_be_hidden()
    after = map_.settled(len(before) + 1)
    assert {key: after[key] for key in before} == before
    assert "spoke-07" in after


def test_the_keyboard_alone_goes_in_through_the_numbers_and_out(page: Page, open_page: Open) -> None:
    open_page("?term=ontology").settled(40)
    page.locator("#map-box").focus()
    page.keyboard.press("h")
    heading(page, "All sets")
    expect(page.locator("#health h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#health select")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#health").get_by_role("button", name="Show the Cypher")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = page.locator("#health .figure").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#health-body > h3")).to_be_focused()
    expect(page.locator("#health-body > h3")).to_contain_text("Terms: 2")
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#health")).to_be_hidden()
    expect(page.locator("#map-box")).to_be_focused()
    assert page.url.endswith("?term=ontology")
    page.keyboard.press("h")
    heading(page, "All sets")
    page.keyboard.press("h")
    expect(page.locator("#health")).to_be_hidden()


def test_keys_of_the_map_do_nothing_behind_the_page(page: Page, open_page: Open) -> None:
    open_page("?term=ontology&health=ai")
    heading(page, "AI and machine learning")
    expect(page.locator("#health h2")).to_be_focused()
    address = page.url
    for key in ("n", "p", "e", "m", "x", "f", "+", "-", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.url == address
    expect(page.locator("#menu")).to_have_count(0)
    title(page, "Ontology")
    page.keyboard.press("h")
    expect(page.locator("#health")).to_be_hidden()
    page.locator("#map-box").focus()
    page.keyboard.press("n")
    expect(page).not_to_have_url(re.compile("term=ontology"))


def test_a_list_is_left_by_back_and_a_link_to_it_works(page: Page, open_page: Open) -> None:
    open_page("?health=ai&part=kind:uses")
    expect(page.locator("#health-body > h3")).to_contain_text("Terms with a relation “uses”")
    page.get_by_role("button", name="All numbers of AI and machine learning").click()
    heading(page, "AI and machine learning")
    expect(page.locator("#health .figures").first).to_be_visible()
    page.go_back()
    expect(page.locator("#health-body > h3")).to_contain_text("Terms with a relation “uses”")


def test_the_set_is_chosen_in_the_page(page: Page, open_page: Open) -> None:
    open_page("?health=*")
    heading(page, "All sets")
    page.locator("#health select").select_option("hostile")
    heading(page, "Hostile")
    expect(page.locator("#health select")).to_have_value("hostile")
    expect(page.locator("#health select")).to_be_focused()
    page.go_back()
    heading(page, "All sets")
    expect(page.locator("#health select")).to_have_value("*")
    page.get_by_role("button", name="Back to the map").click()
    expect(page.locator("#health")).to_be_hidden()
    expect(page.locator("#map-box")).to_be_visible()


def test_names_of_anyone_are_text(page: Page, open_page: Open) -> None:
    open_page("?health=hostile")
    expect(page.locator("#health .important")).to_contain_text("Hostile <b>Term</b>")
    page.locator("#health .figure").first.click()
    expect(page.locator("#health .hits")).to_contain_text("<script>window.hacked = 1</script>")
    assert page.evaluate("window.hacked") is None
    open_page("?health=" + "%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3D1%22%3E")
    expect(page.locator("#health")).to_contain_text("There is no set “<img src=x")
    page.locator("#health").get_by_role("button", name="Hostile").click()
    heading(page, "Hostile")
    assert page.evaluate("window.hacked") is None


def test_missing_links_are_found_in_the_texts(page: Page, open_page: Open) -> None:
    open_page("?health=ai")
    page.get_by_role("button", name="Look for missing links").click()
    expect(page.locator("#health-body > h3")).to_have_text(re.compile(r"Missing links: \d+"), timeout=30_000)
    first = page.locator("#health .links li").first
    expect(first).to_contain_text(" mentions ")
    name = first.get_by_role("button").first.inner_text()
    first.get_by_role("button").first.click()
    title(page, name)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("query", ["?health=ai", "?health=ai&part=terms", "?health=nix"])
def test_everyone_can_read_it(page: Page, open_page: Open, size: tuple[int, int], query: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(query)
    if "nix" in query:
        expect(page.locator("#health h2")).to_have_text("There is no set “nix” here")
    else:
        heading(page, "AI and machine learning")
    if query == "?health=ai":
        drawn(page)
    assert in_both_themes(page, violations) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("(b => b.scrollWidth <= b.clientWidth)(document.getElementById('health'))")
    if size[0] == 390:
        expect(page.locator("#panel")).to_be_hidden()
