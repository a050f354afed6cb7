"""Show the Cypher: from what is seen to the statement that ran, ready to run again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Map
from tests.e2e.test_explorer import violations

pytestmark = pytest.mark.browser
Open = Callable[..., Map]


@pytest.mark.parametrize(
    ("address", "title", "answer"),
    [
        ("?term=embeddings", "A term", "Embeddings"),
        ("?path=fine-tuning,embeddings", "", ""),
        ("?q=neural", "", ""),
        ("?health=ai", "The terms of a set", ""),
        ("?focus=embeddings&depth=2", "A term", "Embeddings"),
        ("?reading=embeddings", "", ""),
        ("", "Term sets", ""),
    ],
)
def test_the_cypher_of_what_is_seen_runs_in_the_console(
    page: Page, open_page: Open, address: str, title: str, answer: str
) -> None:
    open_page(address)
    place = page.locator("#health") if "health" in address else page.locator("#panel")
    place.get_by_role("button", name="Show the Cypher").click()
    expect(page.locator("#console .cm-content")).to_contain_text(f"// Title: {title}")
    lines = page.locator("#console-behind li")
    expect(lines.first).to_contain_text(title)
    assert violations(page) == []
    page.locator("#console-run").click()
    expect(page.locator("#console-status")).to_have_text(re.compile(r"^[\d,]+ rows? in"))
    if answer:
        expect(page.locator("#console .ag-row").first).to_contain_text(answer)
    lines.last.get_by_role("button").click()
    page.locator("#console-run").click()
    expect(page.locator("#console-status")).to_have_text(re.compile(r"^[\d,]+ rows? in"))
