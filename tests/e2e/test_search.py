"""Search as its reader meets it: suggestions, hits, and what comes near."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import title
from tests.e2e.test_explorer import Open, violations

pytestmark = pytest.mark.browser


def test_search_by_alias_with_the_keyboard_alone(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("/")
    page.keyboard.type("rag", delay=30)
    first = page.locator("#suggestions").get_by_role("option").first
    expect(first).to_contain_text("Retrieval-Augmented Generation")
    expect(first).to_contain_text("alias: RAG")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    title(page, "Retrieval-Augmented Generation")
    assert "term=retrieval-augmented-generation" in page.url


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("found", "Foundation Model"),
        ("model foundation", "Foundation Model"),
        ("Fondation Model", "Foundation Model"),
        ("C++", "C++"),
        ("AND", "AND"),
        ('"quoted"', '"quoted"'),
        ("embeddings", "Embeddings"),
    ],
)
def test_search_finds(page: Page, open_page: Open, words: str, found: str) -> None:
    open_page()
    page.locator("#search").fill(words)
    expect(page.locator("#suggestions").get_by_role("option").filter(has_text=found).first).to_be_visible()


def test_enter_on_free_text_lists_all_hits(page: Page, open_page: Open) -> None:
    open_page()
    page.locator("#search").fill("graph")
    expect(page.locator("#suggestions").get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("for “graph”")
    expect(page.locator("#panel .hits li").first).to_be_visible()


def test_nothing_found_says_so(page: Page, open_page: Open) -> None:
    open_page()
    page.locator("#search").fill("zzzzqqqq")
    expect(page.locator("#nothing-found")).to_contain_text("Nothing found")
    expect(page.locator("#search")).to_have_attribute("aria-expanded", "false")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#nothing-found")).to_be_hidden()


def test_an_unknown_term_offers_the_nearest(page: Page, open_page: Open) -> None:
    open_page("?term=fondation-model")
    expect(page.locator("#panel")).to_contain_text("There is no term “fondation-model” here.")
    page.locator("#panel").get_by_role("button", name="Foundation Model").first.click()
    title(page, "Foundation Model")


def test_a_suggestion_is_chosen_by_a_click_and_not_by_a_press(page: Page, open_page: Open) -> None:
    open_page()
    page.locator("#search").fill("graph")
    option = page.locator("#suggestions").get_by_role("option").first
    option.click(button="right")
    option.hover()
    page.mouse.down()
    page.mouse.move(20, 700)
    page.mouse.up()
    expect(option).to_be_visible()
    expect(page.locator("#panel h2")).to_have_text("What is loaded")
    option.click()
    expect(page.locator("#panel h2")).not_to_have_text("What is loaded")
