"""The legend as the filter, and the text twin as a second view of the same map, as their reader meets them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import CY, Map, Site, in_both_themes, title

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
HIDDEN = "?hide=Retrieval&hide-set=wheel&hide-kind=uses&without=neural-network,<b>nix</b>"


def violations(page: Page) -> list[Any]:
    """What axe finds on the page as it is."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[Any] = Axe().run(page).response["violations"]
    return found


@contextmanager
def other_page(browser: Browser, address: str, width: int, height: int, **more: Any) -> Iterator[Page]:
    """A page in a window of another size or theme."""
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    page.goto(address)
    Map(page).settled()
    yield page
    context.close()


def wait_for(page: Page, condition: str) -> None:
    """Until the map's cytoscape, `cy`, is so."""
    page.wait_for_function(f"() => {{ const cy = {CY}; return {condition}; }}")


def fold(page: Page, name: str) -> Locator:
    """The head of a group of the legend."""
    return page.locator(f'[data-fold="{name}"] > summary')


def unfold(page: Page, name: str) -> None:
    """Open a group of the legend where there was no room for it."""
    if page.locator(f'[data-fold="{name}"]').get_attribute("open") is None:
        fold(page, name).click()


def line(page: Page, act: str, of: str) -> Locator:
    """A line of the legend."""
    return page.locator(f'#filters [data-act="{act}"][data-of="{of}"]')


def test_a_kind_of_relation_is_hidden_and_shown_and_nobody_moves(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    unfold(page, "kinds")
    uses = line(page, "toggle-kind", "uses")
    number = int(uses.locator(".number").inner_text())
    wait_for(page, f"cy.edges('[kind = \"uses\"]').length === {number}")
    uses.click()
    expect(uses).to_have_attribute("aria-pressed", "false")
    expect(page).to_have_url(re.compile("hide-kind=uses"))
    wait_for(page, "cy.edges('[kind = \"uses\"]').empty() && cy.edges().nonempty()")
    assert map_.settled(40) == before
    uses.click()
    wait_for(page, f"cy.edges('[kind = \"uses\"]').length === {number}")


def test_a_set_is_hidden_with_the_terms_that_no_other_defines(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=knowledge-graph")
    map_.settled(40)
    unfold(page, "sets")
    line(page, "toggle-set", "knowledge-graphs").click()
    wait_for(page, "cy.$id('rdf').empty()")
    assert "knowledge-graph" in map_.positions()
    expect(page.locator("#toolbar .count")).to_have_text(re.compile(rf"^{len(map_.positions())} of [\d,]+ shown$"))
    expect(page.locator("#panel .shown span").first).to_contain_text("hidden by the filter")
    page.go_back()
    wait_for(page, "cy.$id('rdf').nonempty()")


def test_only_one_category_stays_by_alt_and_click_and_all_come_back(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    retrieval = line(page, "toggle", "Retrieval")
    number = int(retrieval.locator(".number").inner_text())
    retrieval.click(modifiers=["Alt"])
    wait_for(page, f"cy.nodes().length === {number}")
    assert {*page.evaluate(f"{CY}.nodes().map(n => n.data('category'))")} == {"Retrieval"}
    expect(page.locator("#toolbar .count")).to_contain_text(f"{number} of")
    page.reload()
    assert len(map_.settled(number)) == number
    page.locator("#filters").get_by_role("button", name="Show all", exact=True).click()
    wait_for(page, "cy.nodes().length === 40")
    assert "hide" not in page.url


def test_the_filter_by_the_keyboard_alone(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    fold(page, "filters").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    first = page.locator('#filters [data-act="toggle"]').first
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(first).to_be_focused()
    wait_for(page, "cy.nodes().length < 40")
    expect(page.locator("#live")).to_contain_text("shown")
    page.keyboard.press("Space")
    expect(first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    only = page.locator("#filters .only").first
    expect(only).to_be_focused()
    expect(only).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator('#filters [data-act="toggle"][aria-pressed="true"]')).to_have_count(1)
    page.locator("#filters").get_by_role("button", name="Show all", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator('#filters [aria-pressed="false"]')).to_have_count(0)
    expect(fold(page, "filters")).to_be_focused()


def test_what_was_folded_stays_folded_on_the_next_map_and_after_a_reload(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    expect(line(page, "toggle", "Retrieval")).to_be_visible()
    fold(page, "categories").click()
    expect(line(page, "toggle", "Retrieval")).to_be_hidden()
    map_.click("transformer")
    title(page, "Transformer")
    expect(line(page, "toggle", "Retrieval")).to_be_hidden()
    page.reload()
    map_.settled(40)
    expect(line(page, "toggle", "Retrieval")).to_be_hidden()


def test_names_that_nobody_knows_are_text_and_can_be_taken_away(page: Page, open_page: Open) -> None:
    hostile = "%3Cimg src=x onerror='window.hacked=1'%3E"
    map_ = open_page(f"?hide={hostile}&hide-set={hostile}&hide-kind={hostile}&without={hostile}")
    map_.settled(40)
    expect(fold(page, "filters")).to_contain_text("4 hidden")
    expect(page.locator("#filters img")).to_have_count(0)
    for group in ("sets", "kinds", "without"):
        unfold(page, group)
    for act in ("toggle", "toggle-set", "toggle-kind"):
        found = page.locator(f'#filters [data-act="{act}"][data-of^="<img"]')
        unfold(page, "categories-rest") if act == "toggle" and not found.is_visible() else None
        expect(found.locator(".number")).to_have_text("0")
        found.click()
        expect(found).to_have_count(0)
    page.locator('#filters [data-act="show"]').click()
    expect(fold(page, "filters")).not_to_contain_text("hidden")
    assert "hide" not in page.url
    assert "without" not in page.url
    assert page.evaluate("window.hacked") is None


def test_terms_taken_off_are_told_and_come_back(page: Page, open_page: Open) -> None:
    map_ = open_page("?without=transformer,embeddings")
    before = map_.settled(38)
    assert not {"transformer", "embeddings"} & set(before)
    fold(page, "without").click()
    expect(page.locator('[data-fold="without"]')).to_contain_text("2 terms hidden")
    page.locator('#filters [data-act="show"]').filter(has_text="Transformer").click()
    wait_for(page, "cy.$id('transformer').nonempty()")
    assert page.url.endswith("?without=embeddings")
    after = map_.settled(39)
    assert {key: after[key] for key in before} == before
    page.locator("#filters").get_by_role("button", name="Show all", exact=True).click()
    wait_for(page, "cy.nodes().length === 40")


def test_axe_finds_nothing_in_the_open_legend_and_the_text_view(page: Page, open_page: Open) -> None:
    open_page(HIDDEN)
    for group in ("sets", "kinds", "without"):
        unfold(page, group)
    expect(page.locator('[data-fold="without"]')).to_contain_text("<b>nix</b>")
    assert in_both_themes(page, violations) == []
    page.keyboard.press("t")
    page.locator("#twin-body [aria-haspopup]").first.click()
    expect(page.locator("#twin-menu")).to_be_visible()
    assert in_both_themes(page, violations) == []


def test_on_a_phone_no_line_of_the_legend_is_cut_off(browser: Browser, site: Site) -> None:
    with other_page(browser, f"{site.url}/?hide=Models", 390, 844, has_touch=True, is_mobile=True) as page:
        for fold in ("filters", "sets", "kinds"):
            page.locator(f"[data-fold={fold}] > summary").tap()
        legend = page.locator(".legend")
        assert legend.evaluate("one => one.scrollWidth <= one.clientWidth")
        box = legend.bounding_box()
        assert box
        assert box["x"] + box["width"] <= page.locator(".zoom").bounding_box()["x"]


def test_on_a_tablet_no_line_of_the_legend_is_cut_off(browser: Browser, site: Site) -> None:
    """A finger points at nothing, so that "only" is always there, beside the count."""
    with other_page(browser, f"{site.url}/?focus=embeddings", 1180, 820, has_touch=True, is_mobile=True) as page:
        for name in ("filters", "sets"):
            unfold(page, name)
        expect(page.locator('[data-act="only-set"]').first).to_be_visible()
        assert page.locator(".legend").evaluate("one => one.scrollWidth <= one.clientWidth")


def test_on_a_phone_the_legend_is_a_button_that_says_how_much_is_hidden(browser: Browser, site: Site) -> None:
    with other_page(browser, f"{site.url}/{HIDDEN}", 360, 740, has_touch=True, is_mobile=True) as page:
        expect(fold(page, "filters")).to_contain_text("5 hidden")
        expect(line(page, "toggle", "Retrieval")).to_be_hidden()
        fold(page, "filters").tap()
        retrieval = line(page, "toggle", "Retrieval")
        retrieval.scroll_into_view_if_needed()
        legend, area = page.locator(".legend").bounding_box(), page.locator("#map-area").bounding_box()
        assert legend
        assert area
        assert legend["y"] >= area["y"]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(page) == []
        retrieval.tap()
        expect(retrieval).to_have_attribute("aria-pressed", "true")
        expect(fold(page, "filters")).to_contain_text("4 hidden")


ROW = "#twin-body > ul > li"


def row(page: Page, term: str) -> Locator:
    """A term of the text view."""
    return page.locator(ROW).filter(has=page.locator(f'.row .term[data-of="{term}"]'))


def test_the_text_view_is_one_stop_of_tab_and_walked_by_arrows(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("t")
    expect(page.locator(f'{ROW} [tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(f"{ROW} .term").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = page.locator(ROW).nth(1)
    expect(second.locator(".term")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(second.locator("[aria-haspopup]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(second.locator(".link").first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(f"{ROW} .term").last).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('#twin-body'))")


def test_the_text_view_brings_in_takes_off_hides_and_focuses_by_keys(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    page.keyboard.press("t")
    row(page, "transformer").locator(".term").focus()
    page.keyboard.press("e")
    wait_for(page, "cy.nodes().length > 40")
    first = page.locator(ROW).first
    expect(first).to_have_attribute("aria-current", "true")
    expect(first.locator(".term")).to_be_focused()
    expect(first.locator(".term")).to_have_attribute("data-of", "transformer")
    page.keyboard.press("Shift+E")
    wait_for(page, "cy.nodes().length === 40")
    expect(page.locator("#twin-body")).to_contain_text("40 terms")
    expect(row(page, "transformer").locator(".term")).to_be_focused()
    assert set(map_.positions()) == set(before)
    page.keyboard.press("ArrowDown")
    gone, after = (page.locator(f"{ROW} .row .term").nth(place).get_attribute("data-of") for place in (1, 2))
    page.keyboard.press("Delete")
    expect(page.locator("#twin-body")).to_contain_text("1 term hidden by the filter.")
    assert gone not in map_.positions()
    expect(page.locator(f'{ROW} .term[data-of="{after}"]').first).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(page).to_have_url(re.compile(f"focus={after}"))
    expect(page.locator("#twin-body")).to_contain_text("Focus: ")


def test_the_menu_of_a_term_in_the_text_view(page: Page, open_page: Open) -> None:
    open_page("?term=wheel&open=wheel").settled()
    page.keyboard.press("t")
    button = row(page, "wheel").locator("[aria-haspopup]")
    expect(row(page, "wheel")).to_contain_text("45 more off the map")
    button.focus()
    page.keyboard.press("Enter")
    menu = page.get_by_role("menu", name="Actions for Wheel")
    expect(menu.get_by_role("menuitem", name="Select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#twin-menu")).to_be_hidden()
    expect(button).to_be_focused()
    expect(page.locator("#text-twin")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("menuitem", name="Bring in 12 more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, "wheel")).to_contain_text("33 more off the map")
    expect(page.locator("#twin-menu")).to_be_hidden()
    button.click()
    menu.get_by_role("menuitem", name="Take its neighbours off again").click()
    wait_for(page, "cy.nodes('[id ^= \"spoke-\"]').empty()")
    button.click()
    expect(menu.get_by_role("menuitem", name="Take its neighbours off again")).to_have_count(0)
    menu.get_by_role("menuitem", name="Hide").click()
    expect(row(page, "wheel")).to_have_count(0)
    page.locator("#twin-body").get_by_role("button", name="Show all").click()
    expect(row(page, "wheel")).to_have_count(1)
    assert "without" not in page.url


def test_the_text_view_follows_the_filter_and_takes_no_focus_from_elsewhere(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("t")
    expect(page.locator(ROW)).to_have_count(40)
    page.evaluate("window.conceptmap.actions.run('toggle', 'Retrieval')")
    expect(page.locator("#twin-body")).to_contain_text("hidden by the filter")
    number = page.locator(ROW).count()
    assert number < 40
    expect(page.locator("#twin-body")).to_contain_text(f"{number} terms")
    assert not page.evaluate("Boolean(document.activeElement.closest('#twin-body'))")


def test_single_keys_that_are_off_are_off_in_the_text_view(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    page.keyboard.press("t")
    page.evaluate("window.conceptmap.keys.toggleSingle()")
    row(page, "transformer").locator(".term").focus()
    page.keyboard.press("e")
    page.keyboard.press("Delete")
    expect(page).to_have_url(re.compile("without=transformer"))
    assert "open" not in page.url
