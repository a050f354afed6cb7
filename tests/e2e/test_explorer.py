"""The explorer as its reader meets it."""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Map, Site, in_both_themes, title

pytestmark = pytest.mark.browser
Open = Callable[..., Map]


def violations(page: Page) -> list[Any]:
    """What axe finds on the page as it is."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[Any] = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_the_start_is_no_blank_canvas(page: Page, open_page: Open) -> None:
    map_ = open_page()
    assert len(map_.positions()) == 40
    expect(page.locator("#panel")).to_contain_text("AI and machine learning")
    expect(page.locator("#panel .start-terms li")).to_have_count(6)
    expect(page.locator("#filters")).to_contain_text("Retrieval")


def test_a_click_shows_the_definition_and_moves_nobody(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    map_.click("foundation-model")
    title(page, "Foundation Model")
    expect(page.locator("#panel .definition")).to_contain_text("trained once on broad data")
    for name in (
        "Retrieval-Augmented Generation",
        "Embeddings",
        "Vector Database",
        "Large Language Model",
        "Fine-Tuning",
        "Prompt Engineering",
    ):
        expect(page.locator("#panel .neighbours")).to_contain_text(name)
    after = map_.settled(len(before) + 1)
    assert set(after) > set(before)
    assert {key: after[key] for key in before} == before


def test_neighbours_come_twelve_at_a_time_and_never_twice(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    page.locator("#search").fill("Wheel")
    page.locator("#suggestions").get_by_role("option").first.click()
    title(page, "Wheel")
    before = map_.settled(41)
    expect(page.locator("#panel .shown")).to_contain_text("of 57 neighbours on the map")
    more = page.locator("#panel .shown button")
    steps = [len([key for key in before if key.startswith("spoke-")])]
    while more.count() and len(steps) < 7:
        more.click()
        page.wait_for_function(
            "n => document.querySelector('.__________cytoscape_container')._cyreg.cy.nodes().length > n",
            arg=len(before),
        )
        after = map_.settled(len(before) + 1)
        assert {key: after[key] for key in before} == before
        steps.append(len([key for key in after if key.startswith("spoke-")]))
        before = after
        page.wait_for_timeout(300)
    assert steps == [12, 24, 36, 48, 57]


def test_double_click_focuses_with_depth(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    map_.double_click("knowledge-graph")
    expect(page.locator("#toolbar")).to_contain_text("Focus: Knowledge Graph")
    near = map_.settled()
    page.get_by_role("button", name="2 hops").click()
    expect(page).to_have_url(re.compile("depth=2"))
    assert len(map_.settled(len(near) + 1)) > len(near)
    page.get_by_role("button", name="Overview", exact=True).click()
    expect(page.locator("#toolbar")).not_to_contain_text("Focus")


def test_a_link_gives_the_view_and_reload_keeps_it(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    title(page, "Embeddings")
    page.reload()
    title(page, "Embeddings")
    expect(page).to_have_title("Embeddings · conceptmap")


def test_two_terms_clicked_one_soon_after_the_other_are_no_double_click(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.click("embeddings")
    map_.click("knowledge-graph")
    title(page, "Knowledge Graph")
    assert "focus=" not in page.url
    page.wait_for_timeout(400)  # until no click can be the second of two any more
    map_.double_click("knowledge-graph")
    expect(page).to_have_url(re.compile("focus=knowledge-graph"))


def test_a_double_click_is_one_step_back(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    map_.double_click("knowledge-graph")
    expect(page).to_have_url(re.compile("focus=knowledge-graph"))
    page.wait_for_timeout(700)
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("What is loaded")
    assert "?" not in page.url


def test_a_term_chosen_from_a_list_is_read_from_its_beginning(page: Page, open_page: Open) -> None:
    open_page("?term=foundation-model")
    page.set_viewport_size({"width": 1200, "height": 420})
    last = page.locator("#panel .neighbours li button").last
    last.focus()
    assert page.evaluate("document.getElementById('panel-body').scrollTop") > 0
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).not_to_have_text("Foundation Model")
    expect(page.locator("#panel h2")).to_be_focused()
    assert page.evaluate("document.getElementById('panel-body').scrollTop") == 0


def test_a_term_chosen_in_the_text_view_keeps_the_focus_there(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("t")
    page.locator("#twin-body > ul > li").nth(20).locator(".term").focus()
    page.keyboard.press("Enter")
    first = page.locator("#twin-body > ul > li").first
    expect(first).to_have_attribute("aria-current", "true")
    expect(first.locator(".term")).to_be_focused()


def test_back_and_forward_walk_the_selections(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    map_.click("transformer")
    title(page, "Transformer")
    map_.settled(41)
    page.locator("#panel .neighbours button").filter(has_text="Large Language Model").first.click()
    title(page, "Large Language Model")
    page.go_back()
    title(page, "Transformer")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("What is loaded")
    page.go_forward()
    title(page, "Transformer")


def test_neighbours_read_in_words_from_either_side(page: Page, open_page: Open) -> None:
    open_page("?term=wheel")
    expect(page.locator("#panel .neighbours h4")).to_have_text("is related to")
    open_page("?term=foundation-model")
    words = page.locator("#panel .neighbours h4").all_inner_texts()
    assert len(words) >= 3
    assert any(word.startswith("is ") for word in words)
    assert "uses" in words or "requires" in words


def test_a_term_of_two_sets_shows_the_words_of_both(page: Page, open_page: Open) -> None:
    open_page("?term=knowledge-graph")
    expect(page.locator("#panel .definition")).to_contain_text("A body of knowledge stored as a network")
    expect(page.locator("#panel")).to_contain_text("whose typed edges state facts")


def test_the_legend_hides_a_category(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    page.locator("#filters button").filter(has_text="Retrieval").click()
    expect(page).to_have_url(re.compile("hide=Retrieval"))
    page.wait_for_function(
        "() => document.querySelector('.__________cytoscape_container')._cyreg.cy.nodes(':visible').length < 40"
    )
    page.locator("#filters button").filter(has_text="Show all").click()
    expect(page).not_to_have_url(re.compile("hide="))
    assert map_.settled(40) == before


def choose_layout(page: Page, name: str) -> None:
    page.get_by_label("Layout of the map").select_option(name)


def test_the_choice_of_a_layout_arranges_the_map_and_the_first_one_comes_back(page: Page, open_page: Open) -> None:
    map_ = open_page()
    organic = map_.settled(40)
    choose_layout(page, "Circle")
    expect(page).to_have_url(re.compile("layout=circle"))
    page.wait_for_timeout(500)
    circle = map_.settled(40)
    away = [math.hypot(*place) for place in circle.values()]
    assert max(away) - min(away) < max(away) * 0.02
    assert max(away) < 800
    choose_layout(page, "Grid")
    page.wait_for_timeout(500)
    assert len({round(y) for _, y in map_.settled(40).values()}) < 10
    choose_layout(page, "Organic")
    page.wait_for_timeout(500)
    assert map_.settled(40) == organic


def test_another_focus_of_the_same_size_is_laid_out_as_well(page: Page, open_page: Open) -> None:
    map_ = open_page("?focus=spoke-01")
    first = map_.settled(2)
    assert set(first) == {"spoke-01", "wheel"}
    page.evaluate("window.conceptmap.actions.run('focus', 'spoke-02')")
    title(page, "Spoke 02")
    page.wait_for_timeout(500)
    second = map_.settled(2)
    assert set(second) == {"spoke-02", "wheel"}
    assert math.dist(second["wheel"], second["spoke-02"]) == pytest.approx(math.dist(*first.values()), abs=8)
    stored = """
      const of = (name) => JSON.parse(sessionStorage.getItem(name));
      of("conceptmap-arrangements-" + of("conceptmap-arrangements").latest["spoke-02~1|organic"]).places
    """
    assert {term for term, _ in page.evaluate(stored)} == set(second)


def test_changed_data_move_nobody(page: Page, open_page: Open, site: Site, tmp_path: Path) -> None:
    map_ = open_page()
    before = map_.settled(40)
    (tmp_path / "late.yaml").write_text("set: late\nterms: [{name: Latecomer, definition: New.}]", encoding="utf-8")
    site.command("load", str(tmp_path / "late.yaml"))
    try:
        expect(page.locator("#offer")).to_be_visible(timeout=10_000)
        map_.click("transformer")
        title(page, "Transformer")
        after = map_.settled(len(before) + 1)
        assert {key: after.get(key) for key in before} == before
        page.go_back()
        expect(page.locator("#panel h2")).to_have_text("What is loaded")
        assert map_.settled(40) == before
    finally:
        site.command("unload", "late", "--wait", "5")


def test_a_term_may_have_a_name_that_scripts_use(page: Page, open_page: Open) -> None:
    map_ = open_page("?focus=constructor")
    title(page, "Constructor")
    assert {term.strip() for term in map_.settled(3)} == {"constructor", "toString", "c"}
    map_ = open_page("?term=constructor")
    assert "constructor " in map_.settled(40)


def test_the_text_twin_tells_the_same_and_selects(page: Page, open_page: Open) -> None:
    open_page()
    page.keyboard.press("t")
    twin = page.locator("#text-twin")
    expect(twin).to_contain_text("40 terms")
    twin.get_by_role("button", name="Embeddings").first.click()
    title(page, "Embeddings")


def test_arrow_keys_walk_and_enter_focuses(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=foundation-model")
    map_.settled(40)
    page.locator("#map-box").focus()
    page.keyboard.press("n")
    expect(page).not_to_have_url(re.compile("term=foundation-model$"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("focus="))
    page.keyboard.press("Backspace")
    expect(page).not_to_have_url(re.compile("focus="))


def test_dark_is_a_choice_that_is_remembered(page: Page, open_page: Open) -> None:
    open_page()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name=re.compile("dark|theme", re.IGNORECASE)).click()
    page.wait_for_timeout(300)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    page.wait_for_timeout(500)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_theme_follows_the_system_at_first(browser: Browser, site: Site) -> None:
    shades = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(site.url)
        page.wait_for_timeout(500)
        shades.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert shades[0] != shades[1]


def test_definitions_are_untrusted_text(page: Page, open_page: Open, site: Site) -> None:
    open_page()
    page.locator("#search").fill("Hostile")
    page.locator("#suggestions").get_by_role("option").first.click()
    title(page, "Hostile <b>Term</b>")
    expect(page.locator("#panel .definition")).to_contain_text("<script>")
    assert page.locator("#panel script, #panel iframe, #panel img").count() == 0
    for link in page.locator("#panel a").all():
        assert not (link.get_attribute("href") or "").startswith("javascript:")
    assert page.evaluate("window.hacked") is None


def test_a_phone_shows_map_and_panel_without_scrolling_sideways(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/?term=embeddings")
    title(page, "Embeddings")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert box["height"] > 200
    context.close()


@pytest.mark.parametrize("query", ["", "?term=foundation-model", "?q=graph", "?term=nix"])
def test_axe_finds_nothing(page: Page, open_page: Open, query: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_page(query)
    assert in_both_themes(page, violations) == []


def test_what_dash_asks_at_the_start_is_asked_ahead_and_not_twice(page: Page, open_page: Open) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    open_page()
    for name in ("_dash-layout", "_dash-dependencies"):
        assert asked.count(name) == 1, name
        assert asked.index(name) < min(at for at, one in enumerate(asked) if one.startswith("dash_renderer"))
