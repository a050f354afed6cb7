"""Beside the console's editor: the library, the fields of a query, the history, and the query in the address."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Map, Site
from tests.e2e.test_console import console, run

pytestmark = pytest.mark.browser
Open = Callable[..., Map]


def test_a_query_of_the_library_is_found_filled_in_and_run(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    find = page.get_by_label("Find a query of the library")
    find.fill("two hops")
    expect(page.locator("#console-library li:visible")).to_have_count(1)
    find.fill("no such words")
    expect(page.locator("#console-none")).to_be_visible()
    find.fill("two hops")
    page.get_by_role("button", name=re.compile("^Two hops away")).click()
    expect(page.locator("#console-text")).to_contain_text("MATCH (x:Term {id: $term})")
    term = page.get_by_label("$term")
    expect(term).to_be_focused()
    expect(term).to_have_value("foundation-model")
    expect(page.get_by_label("$limit")).to_have_attribute("type", "number")
    term.fill("embeddings")
    page.get_by_label("$limit").fill("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console-status")).to_contain_text("3 rows")


def test_fields_are_as_the_head_says_and_keep_what_was_typed(page: Page, open_page: Open) -> None:
    open_page()
    head = '// Title: T\n// Parameter: kind: kind = "uses" -- which\n// Parameter: yes: boolean = true\n'
    console(page, head + "RETURN $kind AS kind, $yes AS yes, $any AS any")
    kind = page.get_by_label("$kind")
    expect(kind).to_have_value("uses")
    kind.select_option("requires")
    expect(page.get_by_label("$yes").locator("option")).to_have_text(["true", "false"])
    page.get_by_label("$any").fill('[1, "x"]')
    page.locator("#console-text").press("Control+End")
    page.keyboard.type(", 1 AS one")
    expect(kind).to_have_value("requires")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console .ag-row .ag-cell")).to_have_text(["requires", "true", '[1, "x"]', "1"])


def test_a_value_that_is_not_of_its_type_is_told(page: Page, open_page: Open) -> None:
    open_page()
    console(page, "// Parameter: limit: integer = 3 -- how many\nRETURN $limit")
    page.get_by_label("$limit").fill("1.5")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console-wrong")).to_contain_text("is a whole number, and 1.5 is not")


def test_the_history_survives_a_reload_and_is_cleared(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "RETURN $a AS a")
    expect(page.locator("#console-status")).to_contain_text("1 row")
    page.get_by_label("$a").fill("seven")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console .ag-cell")).to_have_text(["seven"])
    run(page, "RETURN 2 AS two")
    expect(page.locator("#console .ag-cell")).to_have_text(["2"])
    open_page()
    console(page)
    page.get_by_text("History", exact=True).click()
    lines = page.locator("#console-history .query-title")
    expect(lines).to_have_text(["RETURN 2 AS two", "RETURN $a AS a"])
    lines.nth(1).click()
    expect(page.locator("#console-text")).to_have_text("RETURN $a AS a")
    expect(page.get_by_label("$a")).to_have_value("seven")
    page.get_by_role("button", name="Clear the history").click()
    expect(lines).to_have_count(0)
    open_page()
    console(page)
    page.get_by_text("History", exact=True).click()
    expect(page.locator("#console-no-history")).to_be_visible()


def test_a_browser_without_storage_has_a_history_of_the_page(page: Page, open_page: Open) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})")
    open_page()
    console(page)
    run(page, "RETURN 1 AS one")
    expect(page.locator("#console-status")).to_contain_text("1 row")
    page.get_by_text("History", exact=True).click()
    expect(page.locator("#console-history .query-title")).to_have_text(["RETURN 1 AS one"])


def test_a_link_opens_the_console_and_does_not_run(page: Page, open_page: Open) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(f"?term=embeddings&cypher={quote('RETURN $a AS a')}&param=a%3Aseven")
    expect(page.locator("#console-text")).to_have_text("RETURN $a AS a")
    expect(page.get_by_label("$a")).to_have_value("seven")
    expect(page.locator("#panel h2")).to_have_text("Embeddings")
    page.wait_for_timeout(500)
    assert not [url for url in asked if url.endswith("/_query")]
    page.locator("#console-run").click()
    expect(page.locator("#console .ag-cell")).to_have_text(["seven"])


def test_what_was_run_is_in_the_address_until_the_console_is_closed(page: Page, open_page: Open, site: Site) -> None:
    open_page("?term=embeddings")
    console(page)
    run(page, "RETURN $a + 1 AS a")
    page.get_by_label("$a").fill("41")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile(r"term=embeddings&cypher=RETURN%20%24a%20%2B%201%20AS%20a&param=a%3A41$"))
    page.reload()
    expect(page.get_by_label("$a")).to_have_value("41")
    page.locator("#console").get_by_role("button", name="Close", exact=True).click()
    expect(page).to_have_url(f"{site.url}/?term=embeddings")
    page.keyboard.press("c")
    expect(page.locator("#console-text")).to_have_text("RETURN $a + 1 AS a")


def asked_beside_the_map(page: Page, open_page: Open) -> Map:
    """The console is open and has run a statement, which the address holds."""
    map_ = open_page()
    map_.settled(40)
    console(page)
    run(page, "RETURN 1 AS one")
    expect(page).to_have_url(re.compile("cypher="))
    return map_


def select_the_highest(page: Page, map_: Map) -> None:
    """Select the term that the console does not cover."""
    map_.click(min(map_.positions(), key=lambda term: map_.place(term)[1]))
    expect(page).to_have_url(re.compile("term=.*cypher="))


def test_back_and_undo_are_about_the_map(page: Page, open_page: Open) -> None:
    map_ = asked_beside_the_map(page, open_page)
    expect(page.get_by_role("button", name="Undo (Ctrl+Z)")).to_have_attribute("aria-disabled", "true")
    select_the_highest(page, map_)
    page.go_back()
    expect(page).not_to_have_url(re.compile("term="))
    expect(page.locator("#console-text")).to_have_text("RETURN 1 AS one")


def test_undo_leaves_a_closed_console_closed(page: Page, open_page: Open) -> None:
    select_the_highest(page, asked_beside_the_map(page, open_page))
    page.locator("#console").get_by_role("button", name="Close", exact=True).click()
    expect(page).not_to_have_url(re.compile("cypher="))
    page.locator("#undo-button").click()
    expect(page).not_to_have_url(re.compile("term="))
    expect(page.locator("#console")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("cypher="))


def test_a_query_that_is_too_long_for_a_link_runs_and_says_so(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "RETURN '" + "x" * 2500 + "' AS x")
    expect(page.locator("#flash")).to_contain_text("too long for a link")
    expect(page.locator("#console-status")).to_contain_text("1 row")
    expect(page).not_to_have_url(re.compile("cypher="))


def test_terms_are_suggested_for_a_field(page: Page, open_page: Open) -> None:
    open_page()
    console(page, '// Parameter: term: term = "" -- a term\nRETURN $term AS id')
    field = page.get_by_label("$term")
    field.press_sequentially("emb")
    expect(page.locator("#console-fields datalist option[value=embeddings]")).to_be_attached()
