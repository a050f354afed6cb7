"""The console: its editor, running and stopping a query, what is wrong with one."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import Map, Site, explorer, in_both_themes
from tests.e2e.test_explorer import violations

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
RUNAWAY = "MATCH (a:Term), (b:Term), (c:Term), (d:Term) WHERE a.name + b.name + c.name = d.name RETURN count(*) AS n"


def console(page: Page, text: str | None = None) -> Any:
    """Open the console, with this statement in its editor; gives the place to type."""
    page.keyboard.press("c")
    editor = page.locator("#console .cm-content")
    expect(editor).to_be_focused()
    if text is not None:
        editor.fill(text)
    return editor


def run(page: Page, text: str) -> None:
    page.locator("#console-text").fill(text)
    page.keyboard.press("Control+Enter")


def test_nothing_of_the_editor_is_loaded_before_the_console_is_opened(page: Page, open_page: Open) -> None:
    asked: list[str] = []

    def lazy() -> set[str]:
        return {re.sub(r".*/lazy/|\?.*", "", url) for url in asked if "/lazy/" in url}

    page.on("request", lambda request: asked.append(request.url))
    open_page()
    assert lazy() == {"layouts.js"}, "which is the map's"
    console(page)
    expect(page.locator("#console .cy-keyword").first).to_have_text("MATCH")
    assert lazy() == {"layouts.js", "editor.js", "cypher.js"}
    run(page, "RETURN 1 AS one")
    expect(page.locator("#console .ag-row")).to_have_count(1)
    assert "grid.js" in lazy()


def test_the_editor_completes_from_the_graph(page: Page, open_page: Open) -> None:
    open_page()
    editor = console(page, "MATCH (t:Ter")
    expect(page.locator("#console .cy-label")).to_have_text("Ter")
    editor.press("Control+End")
    page.keyboard.type("m")
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.filter(has_text=re.compile("^TermSet$"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(editor).to_have_text("MATCH (t:Term")
    for typed, wanted in (
        ("MATCH ()-[r {kind: 'us", "uses"),
        ("MATCH ()-[:REL", "RELATED_TO"),
        ("MATCH (t) RETURN t.aliases_", "aliases_text"),
        ("CALL db.lab", "labels"),
        ("MATCH (t {category: \"Retr", "Retrieval"),
    ):  # fmt: skip
        editor.fill(typed[:-1])
        editor.press("Control+End")
        page.keyboard.type(typed[-1])
        expect(options.filter(has_text=wanted).first, typed).to_be_visible()
        page.keyboard.press("Escape")
        expect(options.first).to_be_hidden()
    expect(editor).to_be_visible()


def test_names_that_come_late_are_offered_when_they_are_there(page: Page, open_page: Open) -> None:
    held: list[Route] = []
    page.route("**/_schema", lambda route: held.append(route))
    open_page()
    console(page, "MATCH (t:Ter")
    expect(page.locator("#console .cy-label")).to_have_text("Ter")
    page.keyboard.press("Control+End")
    page.keyboard.type("m")
    page.wait_for_timeout(500)  # or it was not asked for yet
    assert held
    for route in held:
        route.continue_()
    expect(page.locator(".cm-tooltip-autocomplete li").filter(has_text="TermSet")).to_be_visible()


def test_what_is_wrong_is_marked_while_typing_and_after_a_run(page: Page, open_page: Open) -> None:
    open_page()
    console(page, "MATCH (t:Term)\nRETURN t.name,,")
    expect(page.locator("#console .cm-lintRange-error").first).to_be_visible()
    page.locator("#console-text").fill("MATCH (t:Trem) RETURN t")
    expect(page.locator("#console .cm-lintRange-warning")).to_have_text("Trem")
    run(page, "MATCH (t:Term)\nRETURN t.name, nobody.name")
    expect(page.locator("#console-wrong")).to_contain_text("nobody")
    expect(page.locator("#console .cm-lintRange-error")).to_have_text("nobody")


def test_a_query_that_would_write_is_refused_in_a_sentence(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "CREATE (:Term {id: 'x'})")
    expect(page.locator("#console-wrong")).to_contain_text("only reading is allowed")
    run(page, "RETURN 1 AS one")
    expect(page.locator("#console-wrong")).to_be_hidden()
    expect(page.locator("#console-status")).to_have_text(re.compile(r"^1 row in \d+\.\d\d s\.$"))


def test_the_keyboard_leaves_the_editor(page: Page, open_page: Open) -> None:
    open_page()
    editor = console(page)
    expect(editor).to_have_attribute("aria-label", "Read-only Cypher")
    page.keyboard.press("Tab")
    expect(page.locator("#console-run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#console")).to_be_hidden()


@pytest.fixture(scope="module")
def patient(site: Site) -> Iterator[Site]:
    """An explorer of the same server that lets a query run for two minutes."""
    with explorer(site.home, CONCEPTMAP_QUERY_TIMEOUT="120") as patient:
        yield patient


def opened(page: Page, site: Site) -> None:
    page.goto(site.url)
    Map(page).settled(20)
    console(page)


def started(page: Page) -> None:
    with page.expect_request("**/_query"):
        run(page, RUNAWAY)
    expect(page.locator("#console-stop")).to_be_visible()
    page.wait_for_timeout(700)


def is_free(page: Page) -> None:
    """Five queries that take two minutes would hold all turns, had the server not ended them."""
    run(page, "RETURN 5 AS five")
    expect(page.locator("#console-status")).to_have_text(re.compile(r"^1 row in "))


def test_stop_ends_the_query_on_the_server(page: Page, patient: Site) -> None:
    opened(page, patient)
    for _ in range(5):
        started(page)
        expect(page.locator("#console-status")).to_have_text("Running …")
        page.locator("#console-stop").click()
        expect(page.locator("#console-status")).to_have_text("Stopped.")
        expect(page.locator("#console-stop")).to_be_hidden()
    is_free(page)


def test_a_new_run_ends_the_one_before(page: Page, patient: Site) -> None:
    opened(page, patient)
    for _ in range(5):
        started(page)
    is_free(page)


def test_a_page_that_goes_away_ends_its_query(page: Page, patient: Site) -> None:
    for _ in range(5):
        opened(page, patient)
        started(page)
        page.goto("about:blank")
    opened(page, patient)
    is_free(page)


def test_a_browser_that_is_gone_ends_its_query(browser: Browser, page: Page, patient: Site) -> None:
    for _ in range(5):
        context = browser.new_context()
        other = context.new_page()
        other.route("**/_query/stop", lambda route: route.abort())
        opened(other, patient)
        started(other)
        context.close()
    opened(page, patient)
    is_free(page)


def test_an_explorer_that_is_away_is_told(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    page.route("**/_query", lambda route: route.abort())
    run(page, "RETURN 1")
    expect(page.locator("#console-wrong")).to_have_text("The explorer does not answer.")
    expect(page.locator("#console-run")).to_be_enabled()


HALF = "conceptmap.editor = {create(box) { box.append('half an editor'); throw new Error('it cannot be made'); }};"


@pytest.mark.parametrize("half", [False, True], ids=["no script", "half an editor"])
def test_without_its_editor_the_console_is_a_text_field(page: Page, open_page: Open, half: bool) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    def halve(route: Route) -> None:
        route.fulfill(body=HALF, content_type="text/javascript")

    page.route("**/lazy/editor.js*", halve if half else refuse)
    page.route("**/lazy/grid.js*", refuse)
    open_page()
    page.keyboard.press("c")
    expect(page.locator("#console-plain")).to_contain_text("plain text field")
    field = page.get_by_label("Read-only Cypher")
    expect(field).to_have_value(re.compile("MATCH"))
    field.fill("UNWIND [1, null] AS n RETURN n, $x AS x")
    page.get_by_label("$x").fill("seven")
    field.press("Control+Enter")
    expect(page.locator("#console-table td")).to_have_text(["1", "seven", "null", "seven"])
    assert "half an editor" not in page.locator("#console").inner_text()
    assert violations(page) == []
    page.unroute("**/lazy/grid.js*")
    field.press("Control+Enter")
    expect(page.locator("#console .ag-row")).to_have_count(2)


def test_completion_knows_what_was_loaded_since_the_console_was_open_last(page: Page, open_page: Open) -> None:
    def novel(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        route.fulfill(response=answer, json=told | {"labels": [*told["labels"], "Novelty"]})

    open_page()
    console(page, "MATCH (t:Nov")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#console")).to_be_hidden()
    page.route("**/_schema", novel)
    with page.expect_response("**/_schema"):
        editor = console(page)
    editor.press("Control+End")
    page.keyboard.type("e")
    expect(page.locator(".cm-tooltip-autocomplete li").filter(has_text="Novelty")).to_be_visible()


def test_a_console_that_cannot_be_opened_says_so_and_tries_again(page: Page, open_page: Open) -> None:
    open_page()
    page.route("**/_console", lambda route: route.abort())
    page.keyboard.press("c")
    expect(page.locator("#console")).to_contain_text("The explorer does not answer.")
    page.unroute("**/_console")
    page.keyboard.press("Escape")
    console(page)


@pytest.mark.parametrize("width", [1440, 900, 375])
def test_the_console_is_accessible_in_both_themes(site: Site, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 840})
    page.goto(site.url)
    Map(page).settled(20)
    console(page)
    expect(page.locator("#console .cy-keyword").first).to_be_visible()
    assert in_both_themes(page, violations) == []
    run(page, "MATCH way = (:Term {id: $term})-[:RELATED_TO]-(:Term) RETURN way, null AS nothing")
    page.get_by_label("$term").fill("embeddings")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console .ag-row").first).to_be_visible()
    headers = page.locator("#console .ag-header-cell-text")
    expect(headers).to_have_text(["way", "nothing"])
    expect(headers.last).to_be_visible()  # the table hides itself while it finds the widths of its columns
    assert in_both_themes(page, violations) == []
    for tab in ("Map", "JSON"):
        page.locator("#console .tabs").get_by_role("button", name=tab).click()
        assert in_both_themes(page, violations) == []
    run(page, "RETURN")
    expect(page.locator("#console-wrong")).to_be_visible()
    assert in_both_themes(page, violations) == []
    over = page.evaluate("() => document.querySelector('#console').scrollWidth - document.documentElement.clientWidth")
    assert over <= 0


def test_switched_off_there_is_no_console(site: Site, page: Page) -> None:
    with explorer(site.home, CONCEPTMAP_CONSOLE="off") as other:
        page.goto(f"{other.url}/?cypher=RETURN%201")
        Map(page).settled(20)
        expect(page.locator("#console-button")).to_have_count(0)
        page.keyboard.press("c")
        expect(page.locator("#console")).to_have_count(0)
        page.keyboard.press("?")
        expect(page.locator("#keys-help")).not_to_contain_text("Cypher")
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 375, "height": 800})
        page.locator("#tools-button").click()
        expect(page.get_by_role("menuitem", name="Keys")).to_be_visible()
        expect(page.get_by_role("menuitem", name="Cypher console")).to_have_count(0)
