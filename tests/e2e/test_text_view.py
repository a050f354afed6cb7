"""The view as text on a phone, where panel and text share the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Map, Site

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/?term=foundation-model")
    Map(page).settled()
    yield page
    context.close()


def test_on_a_phone_the_text_has_the_screen_and_the_sheet_waits_at_its_foot(phone: Page) -> None:
    handle, text = phone.locator(".sheet-handle"), phone.locator("#text-twin")
    handle.tap()
    phone.locator("#twin-button").tap()
    expect(text.locator(".row").first).to_be_visible()
    phone.wait_for_timeout(300)
    assert phone.locator("#panel").bounding_box()["height"] < 100
    assert text.bounding_box()["height"] > 600
    last = text.locator("#twin-body > ul > li").last
    last.scroll_into_view_if_needed()
    assert last.bounding_box()["y"] < phone.locator("#panel").bounding_box()["y"]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    handle.tap()
    phone.wait_for_timeout(300)
    assert phone.locator("#panel").bounding_box()["height"] > 500
    expect(phone.locator("#panel .definition")).to_be_in_viewport()
    handle.tap()
    text.get_by_role("button", name="Close").tap()
    expect(text).to_be_hidden()
    phone.wait_for_timeout(300)
    assert phone.locator("#panel").bounding_box()["height"] > 250
