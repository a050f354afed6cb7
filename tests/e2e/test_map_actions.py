"""What the reader does with the map: menu, hide, undo and redo, moves and pins, share; by mouse, by touch and by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import CY, Map, Site, title
from tests.e2e.test_explorer import choose_layout, violations

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
LAYOUTS = ("organic", "concentric", "hierarchical", "circle", "grid")


def menu(page: Page) -> Any:
    return page.get_by_role("menu")


def items(page: Page) -> list[str]:
    return [text.strip() for text in menu(page).get_by_role("menuitem").all_inner_texts()]


def choose(page: Page, name: str) -> None:
    menu(page).get_by_role("menuitem", name=name).click()


def right_click(map_: Map, term: str) -> None:
    map_.page.mouse.click(*map_.place(term), button="right")
    expect(menu(map_.page)).to_be_visible()


def drag(map_: Map, term: str, by: tuple[int, int]) -> None:
    x, y = map_.place(term)
    map_.page.mouse.move(x, y)
    map_.page.mouse.down()
    map_.page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=3)
    map_.page.mouse.move(x + by[0], y + by[1], steps=3)
    map_.page.mouse.up()


def until(page: Page, number: int) -> None:
    """Wait until so many terms are on the map."""
    page.wait_for_function(f"n => {CY}.nodes().length === n", arg=number)


def unmoved(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return all(after[term] == place for term, place in before.items() if term in after)


def test_a_right_click_on_a_term_offers_what_can_be_done_with_it(page: Page, open_page: Open) -> None:
    map_ = open_page("?focus=wheel&open=spoke-01")
    before = map_.settled(58)
    right_click(map_, "spoke-01")
    expect(menu(page)).to_have_attribute("aria-label", "Actions for Spoke 01")
    assert [item for item in items(page) if item != "Path from here"] == [
        "Collapse", "Hide", "Focus", "Pin", "Copy link",
    ]  # fmt: skip
    assert "term=" not in page.url, "the menu selects nothing"
    choose(page, "Focus")
    expect(page).to_have_url(re.compile("focus=spoke-01"))
    expect(menu(page)).to_have_count(0)
    assert len(before) == 58


def test_expand_and_collapse_bring_and_take_the_same_terms_and_move_nobody(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=wheel&open=wheel")
    before = map_.settled(52)
    spokes = {term for term in before if term.startswith("spoke")}
    right_click(map_, "wheel")
    choose(page, "Expand (12 more)")
    until(page, len(before) + 12)
    grown = map_.settled()
    assert unmoved(before, grown)
    right_click(map_, "wheel")
    choose(page, "Collapse")
    until(page, len(before) - len(spokes))
    assert unmoved(before, map_.settled())
    page.keyboard.press("Control+z")
    until(page, len(grown))
    assert map_.settled() == grown
    expect(page.locator("#flash")).to_have_text("Undone: collapsed Wheel.")


def test_a_hub_brings_twelve_at_a_time_in_their_order_and_never_the_same(page: Page, open_page: Open) -> None:
    map_ = open_page("?term=wheel&open=wheel")
    seen = [term for term in map_.settled(52) if term.startswith("spoke")]
    batches = [seen]
    for _ in range(2):
        number = len(map_.positions())
        page.keyboard.press("e")
        until(page, number + 12)
        batches.append([term for term in map_.settled() if term.startswith("spoke") and term not in seen])
        seen = seen + batches[-1]
    assert [len(batch) for batch in batches] == [12, 12, 12]
    assert len(set(seen)) == 36
    order = page.locator("#panel .neighbours .terms .term").all_inner_texts()
    names = [name.split("\n")[-1].replace("off the map", "").strip() for name in order]
    listed = [name.lower().replace(" ", "-") for name in names][:36]
    assert [set(batch) for batch in batches] == [set(listed[at : at + 12]) for at in (0, 12, 24)]


def test_hide_takes_a_term_off_and_the_ground_brings_all_back(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    page.mouse.click(*empty_ground(map_), button="right")
    assert items(page) == ["Fit to the window", "Overview", "Arrange anew"]
    page.keyboard.press("Escape")
    right_click(map_, "transformer")
    choose(page, "Hide")
    expect(page).to_have_url(re.compile("without=transformer"))
    page.mouse.click(*empty_ground(map_), button="right")
    choose(page, "Show all that was hidden")
    expect(page).not_to_have_url(re.compile("without="))
    until(page, 40)
    page.keyboard.press("Control+z")
    expect(page.locator("#flash")).to_have_text("Undone: showed Transformer again.")
    expect(page).to_have_url(re.compile("without=transformer"))


def empty_ground(map_: Map) -> tuple[float, float]:
    """A point of the map where nothing lies."""
    script = f"""() => {{
      const box = {CY}.container().getBoundingClientRect();
      for (let y = 80; y < box.height - 160; y += 9) for (let x = 40; x < box.width - 60; x += 9)
        if (!{CY}.renderer().findNearestElement(...Object.values({{
          x: (x - {CY}.pan().x) / {CY}.zoom(), y: (y - {CY}.pan().y) / {CY}.zoom() }}), true, false))
          return [box.left + x, box.top + y];
    }}"""
    x, y = map_.page.evaluate(script)
    return x, y


def test_the_menu_by_keyboard_alone(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    page.locator("#map-box").focus()
    page.keyboard.press("m")
    expect(menu(page)).to_have_attribute("aria-label", "Actions for Embeddings")
    every = menu(page).get_by_role("menuitem")
    expect(every.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(every.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(every.first).to_be_focused()
    page.keyboard.press("End")
    expect(every.last).to_be_focused()
    page.keyboard.press("Home")
    expect(every.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu(page)).to_have_count(0)
    expect(page.locator("#map-box")).to_be_focused()
    expect(page).to_have_url(re.compile("term=embeddings"))
    page.keyboard.press("Shift+F10")
    page.keyboard.press("p")
    while page.evaluate("document.activeElement.textContent") != "Pin":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_contain_text("Embeddings is pinned")
    page.keyboard.press("ContextMenu")
    expect(menu(page).get_by_role("menuitem", name="Unpin")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("term="))
    page.keyboard.press("m")
    expect(menu(page)).to_have_attribute("aria-label", "Actions for the map")


def test_the_button_of_the_panel_opens_the_menu_and_has_the_focus_again(page: Page, open_page: Open) -> None:
    open_page("?term=embeddings")
    button = page.get_by_role("button", name="More actions")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu(page)).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(menu(page)).to_be_visible()
    button.click()
    expect(menu(page)).to_have_count(0)
    button.click()
    page.mouse.click(300, 20)
    expect(menu(page)).to_have_count(0)


def test_a_long_touch_opens_the_menu_within_a_phones_window(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/?term=embeddings&open=embeddings")
    map_ = Map(page)
    map_.settled(40)
    x, y = map_.place("embeddings")
    session = context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(menu(page)).to_be_visible()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(400)
    box = menu(page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844
    menu(page).get_by_role("menuitem", name="Pin").tap()
    expect(page.locator("#live")).to_contain_text("Embeddings is pinned")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_the_menu_open(browser: Browser, site: Site, theme: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/?term=embeddings&open=embeddings")
    Map(page).settled(40)
    page.keyboard.press("m")
    expect(menu(page)).to_be_visible()
    assert violations(page) == []
    context.close()


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


def test_pinned_terms_stay_in_every_layout_and_dragged_ones_when_arranged_anew_do_not(
    page: Page, open_page: Open
) -> None:
    map_ = open_page()
    map_.settled(40)
    drag(map_, "transformer", (70, 90))
    drag(map_, "embeddings", (-60, 70))
    right_click(map_, "transformer")
    choose(page, "Pin")
    assert page.evaluate(f"{CY}.$id('transformer').hasClass('badged')"), "a pin is seen"
    moved = map_.settled(40)
    for name in ("Circle", "Grid", "Organic"):
        choose_layout(page, name)
        page.wait_for_timeout(500)
        assert map_.settled(40)["transformer"] == moved["transformer"]
    page.mouse.click(*empty_ground(map_), button="right")
    choose(page, "Arrange anew")
    page.wait_for_timeout(400)
    anew = map_.settled(40)
    assert anew["transformer"] == moved["transformer"]
    assert anew["embeddings"] != moved["embeddings"]
    assert overlaps(page) == []
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    assert map_.settled(40) == moved
    right_click(map_, "transformer")
    choose(page, "Unpin")
    assert not page.evaluate(f"{CY}.$id('transformer').hasClass('badged')")
    page.mouse.click(*empty_ground(map_), button="right")
    choose(page, "Arrange anew")
    page.wait_for_timeout(400)
    assert map_.settled(40)["transformer"] != moved["transformer"]


def test_share_copies_the_link_of_the_whole_view(browser: Browser, site: Site) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    query = "?term=embeddings&open=embeddings&hide=Models&layout=grid"
    page.goto(f"{site.url}/{query}")
    Map(page).settled()
    page.get_by_role("button", name=re.compile("^Share")).click()
    expect(page.locator("#live")).to_contain_text("Link to this view copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site.url}/{query}"
    context.close()


def test_a_view_that_a_link_cannot_hold_is_told_and_selecting_walks(page: Page, open_page: Open) -> None:
    long = ",".join(f"a-term-that-was-once-here-{number:03}" for number in range(63))
    map_ = open_page(f"?open={long}&without=" + "x" * 70)
    map_.settled(40)
    map_.click("transformer")
    title(page, "Transformer")
    expect(page.locator("#flash")).to_contain_text("as much as a link can say")
    assert "term=transformer" in page.url
    assert "transformer" not in page.evaluate("new URLSearchParams(location.search).get('open')")
    address = page.url
    right_click(map_, "embeddings")
    choose(page, "Expand")
    expect(page.locator("#flash")).to_contain_text("as much as a link can say")
    assert page.url == address


BOXES = f"""() => {{
  const boxes = {CY}.nodes().map(node => [node.id(), node.boundingBox({{ includeNodes: false, includeEdges: false }})]);
  const meet = (a, b) => a.x1 < b.x2 - 1 && b.x1 < a.x2 - 1 && a.y1 < b.y2 - 1 && b.y1 < a.y2 - 1;
  return boxes.flatMap(([id, box], at) =>
    boxes.slice(at + 1).filter(([, other]) => meet(box, other)).map(([other]) => [id, other]));
}}"""


def overlaps(page: Page) -> list[list[str]]:
    """Pairs of terms whose labels lie on one another."""
    found: list[list[str]] = page.evaluate(BOXES)
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("query", "least"), [("?", 40), ("?focus=wheel", 58), ("?focus=large-language-model", 20)])
def test_no_label_lies_on_another(page: Page, open_page: Open, query: str, least: int, layout: str) -> None:
    map_ = open_page(f"{query}&layout={layout}")
    assert least <= len(map_.settled(least)) <= 60
    assert overlaps(page) == []


def test_after_undo_the_selected_term_is_in_sight(page: Page, open_page: Open) -> None:
    map_ = open_page()
    map_.settled(40)
    map_.click("transformer")
    title(page, "Transformer")
    map_.settled(41)
    page.keyboard.press("o")
    until(page, 40)
    page.evaluate(f"{CY}.pan({{ x: -4000, y: -4000 }})")
    page.keyboard.press("Control+z")
    title(page, "Transformer")
    page.wait_for_timeout(700)
    x, y = map_.place("transformer")
    box = page.locator("#map-box").bounding_box()
    assert box
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
