"""Answers that take long, come too late, or do not come: the map stays, and the reader has the last word."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Map, title

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
VIEW = "**/_view"


def hold(page: Page) -> list[Route]:
    """What the page asks next about an address waits in this list."""
    held: list[Route] = []
    page.route(VIEW, lambda route: held.append(route), times=1)
    return held


def test_a_slow_answer_can_be_stopped(page: Page, open_page: Open) -> None:
    open_page("/?term=embeddings")
    before = Map(page).settled(40)
    address = page.url
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/_view") else None)
    hold(page)
    page.locator("#panel .neighbours ul button").first.click()
    expect(page.locator("#panel")).to_have_attribute("aria-busy", "true")
    expect(page).not_to_have_url(address)
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    stop.click()
    expect(page).to_have_url(address)
    expect(stop).to_be_hidden()
    expect(page.locator("#panel")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#notice")).to_be_hidden()
    title(page, "Embeddings")
    assert Map(page).positions() == before
    assert len(asked) == 1, "what is there already is not asked for again"
    expect(page.get_by_role("button", name="Undo (Ctrl+Z)")).to_have_attribute("aria-disabled", "true")
    page.locator("#panel .neighbours ul button").first.click()
    expect(page.locator("#panel h2")).not_to_have_text("Embeddings")


def test_an_answer_that_was_overtaken_covers_nothing(page: Page, open_page: Open) -> None:
    open_page("/?term=embeddings")
    held = hold(page)
    page.evaluate("conceptmap.actions.run('select', 'vector-database')")
    page.wait_for_timeout(200)
    page.evaluate("conceptmap.actions.run('select', 'fine-tuning')")
    title(page, "Fine-Tuning")
    held[0].continue_()
    page.wait_for_timeout(300)
    title(page, "Fine-Tuning")
    expect(page.locator("#notice")).to_be_hidden()


def test_a_lost_answer_is_asked_for_again(page: Page, open_page: Open) -> None:
    open_page("/?term=embeddings")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/_view") else None)
    page.route(VIEW, lambda route: route.abort(), times=1)
    page.evaluate("conceptmap.actions.run('select', 'fine-tuning')")
    title(page, "Fine-Tuning")
    assert len(asked) == 2
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#banner")).to_be_hidden()
