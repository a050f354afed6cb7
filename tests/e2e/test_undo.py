"""Undo, redo and Back: every change of the view is taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import CY, title
from tests.e2e.test_explorer import Open
from tests.e2e.test_map_actions import drag, unmoved, until

pytestmark = pytest.mark.browser


def test_undo_takes_back_step_by_step_and_redo_does_it_again_also_after_a_reload(page: Page, open_page: Open) -> None:
    map_ = open_page()
    undo, redo = page.locator("#undo-button"), page.locator("#redo-button")
    expect(undo).to_have_attribute("aria-disabled", "true")
    start = map_.settled(40)
    map_.click("wheel")
    title(page, "Wheel")
    until(page, 52)
    opened = map_.settled()
    page.keyboard.press("e")
    until(page, 64)
    more = map_.settled()
    expect(undo).to_have_attribute("aria-label", "Undo: expanded Wheel (Ctrl+Z)")
    page.reload()
    assert map_.settled(len(more)) == more
    undo.click()
    expect(page.locator("#live")).to_contain_text("Undone: expanded Wheel.")
    until(page, len(opened))
    assert map_.settled() == opened
    page.keyboard.press("Control+z")
    until(page, 40)
    assert map_.settled() == start
    assert "?" not in page.url
    expect(undo).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+z")
    expect(page.locator("#flash")).to_have_text("Nothing to undo.")
    page.keyboard.press("Control+y")
    until(page, len(opened))
    page.keyboard.press("Control+Shift+z")
    until(page, len(more))
    assert map_.settled() == more
    expect(redo).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+z")
    expect(redo).to_have_attribute("aria-disabled", "false")
    until(page, len(opened))
    page.locator("#filters button").filter(has_text="Retrieval").click()
    expect(redo).to_have_attribute("aria-disabled", "true")
    expect(undo).to_have_attribute("aria-label", re.compile("hid the category Retrieval"))


def test_undo_leaves_text_fields_alone(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    page.locator("#search").fill("graph")
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile("term=embeddings"))


def test_a_dragged_term_stays_when_others_come_and_undo_puts_it_back(page: Page, open_page: Open) -> None:
    map_ = open_page()
    start = map_.settled(40)
    drag(map_, "transformer", (70, 90))
    moved = map_.settled(40)
    assert {term for term in start if moved[term] != start[term]} == {"transformer"}
    expect(page.locator("#undo-button")).to_have_attribute("aria-label", "Undo: moved Transformer (Ctrl+Z)")
    map_.click("embeddings")
    title(page, "Embeddings")
    grown = map_.settled(41)
    assert unmoved(moved, grown)
    page.reload()
    assert map_.settled(len(grown)) == grown
    page.keyboard.press("Control+z")
    until(page, 40)
    page.keyboard.press("Control+z")
    page.wait_for_timeout(200)
    assert map_.settled(40) == start
    expect(page.locator("#flash")).to_have_text("Undone: moved Transformer.")
    page.keyboard.press("Control+y")
    page.wait_for_timeout(200)
    assert map_.settled(40) == moved


def test_back_shows_each_view_as_it_was_left(page: Page, open_page: Open) -> None:
    map_ = open_page()
    start = map_.settled(40)
    map_.click("embeddings")
    title(page, "Embeddings")
    map_.settled(41)
    drag(map_, "transformer", (70, 90))
    left = map_.settled()
    assert left["transformer"] != start["transformer"]
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("What is loaded")
    until(page, 40)
    assert map_.settled(40) == start
    page.go_forward()
    title(page, "Embeddings")
    until(page, len(left))
    assert map_.settled() == left


def test_after_undo_the_selected_term_is_in_sight(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    map_.click("transformer")
    title(page, "Transformer")
    map_.settled(41)
    page.keyboard.press("o")
    until(page, 40)
    page.evaluate(f"() => {{ {CY}.pan({{ x: -4000, y: -4000 }}); }}")
    page.keyboard.press("Control+z")
    title(page, "Transformer")
    page.wait_for_timeout(700)
    x, y = map_.place("transformer")
    box = page.locator("#map-box").bounding_box()
    assert box
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
