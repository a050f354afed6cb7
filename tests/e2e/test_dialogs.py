"""What opens over the page: the keys and their switch, hints, the console."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Map
from tests.e2e.test_explorer import Open, violations

pytestmark = pytest.mark.browser


def test_keys_do_not_act_behind_a_dialog(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    page.keyboard.press("c")
    expect(page.locator("#console-text")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#console-text")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("o")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile("term=embeddings"))


def test_keys_of_a_single_sign_can_be_switched_off(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("?")
    page.get_by_role("switch", name="Single keys").click()
    expect(page.get_by_role("switch", name="Single keys")).to_have_attribute("aria-checked", "false")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    Map(page).settled(40)
    page.keyboard.press("t")
    expect(page.locator("#text-twin")).to_be_hidden()
    page.get_by_role("button", name="Keys (?)").click()
    page.get_by_role("switch", name="Single keys").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#text-twin")).to_be_visible()


def test_a_hint_can_be_pointed_at_and_dismissed(page: Page, open_page: Open) -> None:
    open_page("?term=foundation-model")
    first = page.locator("#panel .neighbours [data-tip]").first
    tip = page.locator("#tip")
    first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    first.hover()
    expect(tip).to_have_class("shown")
    box = tip.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.wait_for_timeout(600)
    expect(tip).to_have_class("shown")
    page.keyboard.press("Escape")
    expect(tip).not_to_have_class("shown")
    expect(page).to_have_url(re.compile("term=foundation-model"))
    page.mouse.move(5, 400)
    page.keyboard.press("Tab")
    first.focus()
    expect(first).to_have_attribute("aria-describedby", "tip")
