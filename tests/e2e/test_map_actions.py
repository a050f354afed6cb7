"""What the reader does with the map: expand, hide, pin, share; and the hands that test_menu.py and test_undo.py use too."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import CY, Map, Site, title
from tests.e2e.test_explorer import choose_layout
from tests.e2e.test_labels import overlaps

pytestmark = pytest.mark.browser
Open = Callable[..., Map]


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


def test_the_server_is_asked_once_and_already_when_a_term_is_pressed(page: Page, open_page: Open) -> None:
    map_ = open_page()
    asked = views_asked(page)
    page.mouse.move(*map_.place("embeddings"))
    with page.expect_response("**/_view"):
        page.mouse.down()
    assert "term=" not in page.url
    page.mouse.up()
    title(page, "Embeddings")
    assert asked == ["?term=embeddings&open=embeddings"]


def test_a_click_whose_answer_is_there_is_answered_in_its_first_picture(page: Page, open_page: Open) -> None:
    map_ = open_page()
    page.evaluate("""() => {
      const { json } = Response.prototype;
      Response.prototype.json = async function () {
        const told = await json.call(this);
        window.read = true;
        return told;
      };
    }""")
    page.mouse.move(*map_.place("embeddings"))
    page.mouse.down()
    page.wait_for_function("() => window.read")
    page.evaluate("""() => window.addEventListener("mouseup", () => requestAnimationFrame(() => {
      window.seen = document.querySelector("#term-name")?.textContent;
    }), { capture: true, once: true })""")
    page.mouse.up()
    page.wait_for_function("() => 'seen' in window")
    assert page.evaluate("window.seen") == "Embeddings"


def test_a_press_that_becomes_a_drag_selects_nothing_and_its_question_is_given_up(page: Page, open_page: Open) -> None:
    map_ = open_page()
    x, y = map_.place("embeddings")
    page.mouse.move(x, y)
    with hanging(page):
        with page.expect_request("**/_view") as asked:
            page.mouse.down()
        with page.expect_event("requestfailed", lambda request: request == asked.value):
            page.mouse.move(x + 60, y + 40, steps=4)
        page.mouse.up()
    map_.settled()
    assert "term=" not in page.url
    map_.click("embeddings")
    title(page, "Embeddings")


def test_a_press_that_was_no_click_tells_nothing_of_later(page: Page, open_page: Open) -> None:
    """A finger that slipped off while the server failed: the click that follows asks anew."""
    map_ = open_page()
    page.route("**/_view", lambda route: route.fulfill(status=503, json={"message": "No database answers."}))
    page.mouse.move(*map_.place("embeddings"))
    with page.expect_response("**/_view"):
        page.mouse.down()
    page.wait_for_timeout(100)  # the page has read the answer
    page.unroute("**/_view")
    page.mouse.up()
    title(page, "Embeddings")
    expect(page.locator("#notice")).to_be_hidden()


@contextmanager
def hanging(page: Page) -> Iterator[None]:
    """Questions for a view are not answered meanwhile."""
    held: list[Route] = []
    page.route("**/_view", lambda route: held.append(route))  # Playwright writes on what it gets
    yield
    page.unroute("**/_view")


def views_asked(page: Page) -> list[str]:
    """The addresses that the server is asked about from now on."""
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.post_data_json["search"]) if "/_view" in request.url else None
    )
    return asked
