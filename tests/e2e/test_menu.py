"""The menu of a term: by mouse, by touch and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Map, Site, in_both_themes
from tests.e2e.test_explorer import Open, violations
from tests.e2e.test_map_actions import choose, items, menu, right_click

pytestmark = pytest.mark.browser


def test_a_right_click_on_a_term_offers_what_can_be_done_with_it(page: Page, open_page: Open) -> None:
    map_ = open_page("?focus=wheel&open=spoke-01")
    before = map_.settled(58)
    right_click(map_, "spoke-01")
    expect(menu(page)).to_have_attribute("aria-label", "Actions for Spoke 01")
    assert [item for item in items(page) if item != "Path from here"] == [
        "Collapse", "Hide", "Focus", "Pin", "Copy link",
    ]  # fmt: skip
    assert "term=" not in page.url, "the menu selects nothing"
    choose(page, "Focus")
    expect(page).to_have_url(re.compile("focus=spoke-01"))
    expect(menu(page)).to_have_count(0)
    assert len(before) == 58


def test_the_menu_by_keyboard_alone(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    page.locator("#map-box").focus()
    page.keyboard.press("m")
    expect(menu(page)).to_have_attribute("aria-label", "Actions for Embeddings")
    every = menu(page).get_by_role("menuitem")
    expect(every.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(every.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(every.first).to_be_focused()
    page.keyboard.press("End")
    expect(every.last).to_be_focused()
    page.keyboard.press("Home")
    expect(every.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu(page)).to_have_count(0)
    expect(page.locator("#map-box")).to_be_focused()
    expect(page).to_have_url(re.compile("term=embeddings"))
    page.keyboard.press("Shift+F10")
    page.keyboard.press("p")
    while page.evaluate("document.activeElement.textContent") != "Pin":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_contain_text("Embeddings is pinned")
    page.keyboard.press("ContextMenu")
    expect(menu(page).get_by_role("menuitem", name="Unpin")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("term="))
    page.keyboard.press("m")
    expect(menu(page)).to_have_attribute("aria-label", "Actions for the map")


def test_the_button_of_the_panel_opens_the_menu_and_has_the_focus_again(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    button = page.get_by_role("button", name="More actions")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu(page)).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(menu(page)).to_be_visible()
    button.click()
    expect(menu(page)).to_have_count(0)
    button.click()
    page.mouse.click(300, 20)
    expect(menu(page)).to_have_count(0)


def test_a_long_touch_opens_the_menu_within_a_phones_window(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/?term=embeddings&open=embeddings")
    map_ = Map(page)
    map_.settled(40)
    x, y = map_.place("embeddings")
    session = context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(menu(page)).to_be_visible()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(400)
    box = menu(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844
    menu(page).get_by_role("menuitem", name="Pin").tap()
    expect(page.locator("#live")).to_contain_text("Embeddings is pinned")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


def test_axe_finds_nothing_with_the_menu_open(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings&open=embeddings")
    page.keyboard.press("m")
    expect(menu(page)).to_be_visible()
    assert in_both_themes(page, violations) == []
