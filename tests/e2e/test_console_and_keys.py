"""What opens over the page: where the focus goes, and what closes it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Map, title

pytestmark = pytest.mark.browser
Open = Callable[..., Map]


def test_the_console_takes_the_focus_and_gives_it_back(page: Page, open_page: Open) -> None:
    open_page()
    button = page.get_by_role("button", name="Cypher console (c)")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#console .cm-content")).to_be_focused()
    page.keyboard.type("o ")  # not the overview
    page.wait_for_timeout(700)  # no completion is open that Escape would close first
    page.keyboard.press("Escape")
    expect(page.locator("#console-text")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#console-text")).to_have_text(re.compile(r"^o // "))
    page.locator("#console").get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#console-text")).to_be_hidden()


def test_the_map_stays_in_use_beside_the_console(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    page.keyboard.press("c")
    expect(page.locator("#console-text")).to_be_focused()
    top = min(map_.positions(), key=lambda term: map_.place(term)[1])
    name = page.evaluate("id => conceptmap.map.nameOf(id)", top)
    map_.click(top)
    title(page, name)
    expect(page.locator("#console-text")).to_be_visible()


def test_the_help_for_keys_closes_by_a_click_beside_it(page: Page, open_page: Open) -> None:
    open_page()
    button = page.get_by_role("button", name="Keys (?)")
    button.click()
    help_ = page.get_by_role("dialog", name="Keys")
    expect(help_).to_be_visible()
    help_.get_by_role("cell", name="Search", exact=True).click()
    expect(help_).to_be_visible()
    page.mouse.click(20, 400)
    expect(help_).to_be_hidden()
    expect(button).to_be_focused()
