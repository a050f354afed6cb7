"""The path between two terms and the reading order of one, as their reader meets them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import Map, Site, in_both_themes, title
from tests.e2e.test_explorer import violations
from tests.e2e.test_filters import other_page, wait_for

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
PATH = "?path=fine-tuning,embeddings"
READING = "?reading=retrieval-augmented-generation"
NAMES = "Path from Fine-Tuning to Embeddings"


def begun(page: Page) -> Locator:
    return page.locator("#path-begun")


def is_path(page: Page, start: str, end: str) -> None:
    expect(page).to_have_url(re.compile(rf"path={start},{end}|path={start}%2C{end}"))
    expect(begun(page)).to_be_hidden()


def test_a_path_begins_in_the_panel_and_ends_on_the_map(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=fine-tuning")
    map_.settled(40)
    page.get_by_role("button", name="Path to …").click()
    expect(begun(page)).to_contain_text("Path from Fine-Tuning: choose a term")
    map_.click("embeddings")
    is_path(page, "fine-tuning", "embeddings")
    expect(page.locator("#panel h2")).to_have_text(NAMES)
    expect(page).to_have_title("Path: Fine-Tuning → Embeddings · conceptmap")
    expect(page.locator("#panel .way-sentences li").first).to_contain_text(re.compile("^Fine-Tuning .*Embeddings.$"))


def test_a_path_lies_from_left_to_right_with_its_relations_in_words(page: Page, open_page: Open) -> None:
    map_ = open_page(PATH)
    at = map_.settled(2)
    first = page.locator("#panel .way-sentences li").first.locator("button")
    way = [first.nth(place).get_attribute("data-of") for place in range(first.count())]
    assert [at[str(term)][0] for term in way] == sorted(at[str(term)][0] for term in way)
    wait_for(page, "cy.edges('.online').nonempty() && cy.edges('.told').nonempty()")


def test_a_path_begins_by_key_and_ends_by_search(page: Page, open_page: Open) -> None:
    open_page("?term=fine-tuning")
    page.keyboard.press("x")
    expect(begun(page)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("Embeddings")
    expect(page.locator("#suggestions").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    is_path(page, "fine-tuning", "embeddings")
    expect(page.locator("#panel h2")).to_have_text(NAMES)


def test_a_path_begins_in_the_menu_of_the_map_and_ends_in_the_panel(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=wheel")
    map_.settled(40)
    page.mouse.click(*map_.place("transformer"), button="right")
    page.get_by_role("menuitem", name="Path from here").click()
    expect(begun(page)).to_contain_text("Path from Transformer")
    page.locator('#panel .neighbours [data-of="spoke-00"]').first.click()
    is_path(page, "transformer", "spoke-00")


def test_the_other_end_is_chosen_in_the_text_view(page: Page, open_page: Open) -> None:
    open_page("?term=fine-tuning")
    page.keyboard.press("x")
    page.keyboard.press("t")
    page.locator('#twin-body .term[data-of="embeddings"]').first.click()
    is_path(page, "fine-tuning", "embeddings")


def test_escape_or_cancel_ends_what_was_begun_and_the_next_click_selects(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=fine-tuning")
    map_.settled(40)
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(begun(page)).to_be_hidden()
    title(page, "Fine-Tuning")
    page.keyboard.press("x")
    page.get_by_role("button", name="Cancel").click()
    expect(begun(page)).to_be_hidden()
    map_.click("transformer")
    title(page, "Transformer")
    assert "path=" not in page.url


def test_the_same_term_is_no_other_end(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=fine-tuning")
    map_.settled(40)
    page.keyboard.press("x")
    map_.click("fine-tuning")
    expect(page.locator("#flash")).to_contain_text("choose another one")
    expect(begun(page)).to_be_visible()
    page.goto(page.url.split("?")[0] + "?path=fine-tuning,fine-tuning")
    expect(page.locator("#panel")).to_contain_text("Both ends are the same term")
    Map(page).settled(1)
    assert set(Map(page).positions()) == {"fine-tuning"}


def test_ends_are_swapped_and_back_and_undo_bring_the_path_back(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=fine-tuning")
    map_.settled(40)
    page.keyboard.press("x")
    map_.click("embeddings")
    expect(page.locator("#panel h2")).to_have_text(NAMES)
    lain = map_.settled(2)
    page.get_by_role("button", name="Swap ends").click()
    expect(page.locator("#panel h2")).to_have_text("Path from Embeddings to Fine-Tuning")
    is_path(page, "embeddings", "fine-tuning")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text(NAMES)
    assert map_.settled(2) == lain
    page.reload()
    expect(page.locator("#panel h2")).to_have_text(NAMES)
    assert map_.settled(2) == lain
    page.go_back()
    title(page, "Fine-Tuning")
    map_.settled(40)
    page.go_forward()
    expect(page.locator("#panel h2")).to_have_text(NAMES)
    page.get_by_role("button", name="Close path").click()
    expect(page.locator("#panel h2")).to_have_text("What is loaded")
    page.keyboard.press("Control+z")
    expect(page.locator("#panel h2")).to_have_text(NAMES)
    page.keyboard.press("Control+z")
    title(page, "Fine-Tuning")


def test_a_kind_is_left_out_and_all_kinds_come_back(page: Page, open_page: Open) -> None:
    open_page("?path=wheel,spoke-07")
    choice = page.locator('#panel .kind-choice[data-of="related"]')
    expect(choice).to_have_attribute("aria-pressed", "true")
    choice.click()
    expect(page.locator("#panel")).to_contain_text("Relations that are left out would lead from Wheel to Spoke 07.")
    expect(page).to_have_url(re.compile("hide-kind=related"))
    page.get_by_role("button", name="Show all kinds").click()
    expect(page.locator("#panel .way-sentences")).to_contain_text("Spoke 07")
    assert "hide-kind" not in page.url


def test_terms_of_two_islands_have_no_path_and_it_is_told_how_far_each_reaches(page: Page, open_page: Open) -> None:
    map_ = open_page("?path=wheel,c-plus-plus")
    expect(page.locator("#panel")).to_contain_text("No relations lead from Wheel to C++.")
    expect(page.locator("#panel")).to_contain_text(
        "From Wheel relations reach 57 other terms; from C++, 3 other terms."
    )
    map_.settled(2)
    assert len(map_.positions()) == 2
    assert violations(page) == []


def test_an_end_that_is_unknown_gets_the_nearest_names(page: Page, open_page: Open) -> None:
    page.goto(f"{open_page('?term=wheel').page.url.split('?')[0]}?path=embedings,fine-tuning")
    expect(page.locator("#panel")).to_contain_text("There is no term “embedings” here.")
    page.locator('#panel .hits [data-of="embeddings"]').click()
    is_path(page, "embeddings", "fine-tuning")
    expect(page.locator("#panel h2")).to_have_text("Path from Embeddings to Fine-Tuning")


def test_names_with_markup_stay_text(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=hostile-less-b-greater-term-less-b-greater")
    expect(page.locator("#panel h2")).to_have_text("Hostile <b>Term</b>")
    map_.settled(1)
    page.locator("#map-box").focus()
    page.keyboard.press("x")
    expect(begun(page)).to_contain_text("Path from Hostile <b>Term</b>")
    page.locator("#panel .neighbours .term", has_text="C++").click()
    expect(page.locator("#panel h2")).to_have_text("Path from Hostile <b>Term</b> to C++")
    expect(page.locator("#panel .way-sentences")).to_contain_text("Hostile <b>Term</b>")
    expect(page).to_have_title("Path: Hostile <b>Term</b> → C++ · conceptmap")
    assert page.locator("#panel b").count() == 0
    assert page.evaluate("window.hacked") is None


def test_the_text_view_tells_the_same_as_the_panel(page: Page, open_page: Open) -> None:
    open_page(PATH)
    sentences = page.locator("#panel .way-sentences li").all_inner_texts()
    page.keyboard.press("t")
    expect(page.locator("#twin-body .way-sentences li")).to_have_text(sentences)
    expect(page.locator("#twin-body .shown").first).to_have_text(page.locator("#panel .shown").first.inner_text())


def test_a_neighbour_that_is_brought_in_steps_back_and_moves_nobody(page: Page, open_page: Open) -> None:
    map_ = open_page(PATH)
    before = map_.settled(2)
    map_.click("embeddings")
    title(page, "Embeddings")
    page.wait_for_function(
        "n => document.querySelector('.__________cytoscape_container')._cyreg.cy.nodes().length > n", arg=len(before)
    )
    after = map_.settled(len(before) + 1)
    assert {term: after[term] for term in before} == before
    wait_for(page, f"cy.nodes('.aside').length === {len(after) - len(before)}")
    page.get_by_role("button", name="Show the whole").click()
    expect(page.locator("#panel h2")).to_have_text(NAMES)


def test_a_whole_path_by_keyboard_alone(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("/")
    page.keyboard.type("Fine-Tuning")
    expect(page.locator("#suggestions").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    title(page, "Fine-Tuning")
    page.locator("#map-box").focus()
    page.keyboard.press("x")
    expect(begun(page)).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("#panel h2")).not_to_have_text("Fine-Tuning")
    expect(begun(page)).to_be_visible()
    other = page.locator("#panel h2").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(f"Path from Fine-Tuning to {other}")
    expect(page.locator("#live")).to_contain_text("Path")


def test_what_to_read_first_is_a_numbered_list_and_a_map_from_left_to_right(page: Page, open_page: Open) -> None:
    open_page("?term=retrieval-augmented-generation")
    page.get_by_role("button", name="What to read first").click()
    expect(page).to_have_url(re.compile("reading=retrieval-augmented-generation"))
    expect(page.locator("#panel h2")).to_contain_text("What to read before Retrieval")
    expect(page.locator("#panel ol.reading-order > li > button").nth(1)).to_be_visible()
    listed = page.locator("#panel ol.reading-order > li > button")
    order = [listed.nth(place).get_attribute("data-of") for place in range(listed.count())]
    assert order[-1] == "retrieval-augmented-generation"
    at = Map(page).settled(len(order))
    assert set(at) == set(order)
    right, low = at["retrieval-augmented-generation"]
    assert all(x <= right or y < low for x, y in at.values()), "it is the last, as in lines of text"
    expect(page.locator("#panel .reading-order")).to_contain_text(re.compile("by Retrieval"))
    page.go_back()
    expect(page.locator("#panel h2")).not_to_contain_text("What to read")
    assert "reading=" not in page.url


def test_where_there_is_nothing_to_read_first_it_says_so(page: Page, open_page: Open) -> None:
    open_page("?reading=spoke-03")
    expect(page.locator("#panel")).to_contain_text("Nothing to read first")
    expect(page.locator("#panel .reading-order")).to_have_count(0)


def test_the_choice_of_a_layout_is_called_as_what_it_draws(page: Page, open_page: Open) -> None:
    open_page(PATH)
    chosen = page.locator("#layout option:checked")
    expect(chosen).to_have_text("Left to right")
    page.get_by_role("button", name="Close path").click()
    expect(chosen).to_have_text("Organic")


def test_terms_that_the_filter_hides_come_back_and_kinds_that_are_left_out_stay_out(
    page: Page, open_page: Open
) -> None:
    open_page(f"{PATH}&without=embeddings&hide-kind=contrasts-with")
    expect(page.locator("#panel")).to_contain_text("The filter hides 1 term of these on the map.")
    page.get_by_role("button", name="Show these terms").click()
    wait_for(page, "cy.$id('embeddings').nonempty()")
    assert "without" not in page.url
    assert "hide-kind=contrasts-with" in page.url


@pytest.mark.parametrize("query", [PATH, f"{PATH}&hide-kind=uses", READING, "?path=nix,fine-tuning"])
def test_axe_finds_nothing_on_paths_and_reading_orders(page: Page, open_page: Open, query: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    open_page(query)
    expect(page.locator("#panel h2")).to_be_visible()
    assert in_both_themes(page, violations) == []


@pytest.mark.parametrize("query", [PATH, READING])
def test_it_fits_a_phone(browser: Browser, site: Site, query: str) -> None:
    with other_page(browser, f"{site.url}/{query}", 390, 844, has_touch=True, is_mobile=True) as page:
        expect(page.locator("#panel h2")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(page) == []


def test_on_a_phone_the_other_end_is_chosen_by_a_tap(browser: Browser, site: Site) -> None:
    with other_page(browser, f"{site.url}/?term=fine-tuning", 390, 844, has_touch=True, is_mobile=True) as page:
        page.get_by_role("button", name="Path to …").tap()
        expect(begun(page)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.locator("#panel .neighbours .term").first.tap()
        expect(page.locator("#panel h2")).to_contain_text("Path from Fine-Tuning to")
