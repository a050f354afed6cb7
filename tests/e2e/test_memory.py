"""The explorer before a graph in memory: outages to the second, odd data, and hubs that no shipped set has."""

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from explorer.app import create_app
from explorer.serve import free_door, listen
from graph.errors import ServerUnreachable
from graph.settings import Settings
from tests.e2e.conftest import Map, title
from tests.memory import MemoryGraph, wheel

pytestmark = pytest.mark.browser
Serve = Callable[[MemoryGraph], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a graph; the address of its explorer."""
    closing: list[Callable[[], None]] = []

    def serve(graph: MemoryGraph) -> str:
        door = free_door("127.0.0.1", 0)
        address = f"http://127.0.0.1:{door.getsockname()[1]}/"
        server = listen(create_app(graph, Settings()), [door])  # type: ignore[arg-type]
        threading.Thread(target=server.run, daemon=True).start()
        # Closed in its own thread: that one would go on to wait at what is closed.
        closing.extend((server.task_dispatcher.shutdown, lambda: server.trigger.pull_trigger(server.close)))
        return address

    yield serve
    for close in closing:
        close()


def test_a_page_opened_in_an_outage_fills_by_itself(page: Page, serve: Serve) -> None:
    graph = wheel(5)
    graph.away = True
    url = serve(graph)
    page.goto(url)
    expect(page.locator("#panel h2")).to_have_text("The database does not answer")
    graph.away = False
    expect(page.locator("#panel h2")).to_have_text("S", timeout=10_000)
    assert len(Map(page).settled(6)) == 6


def test_a_click_in_an_outage_that_nobody_saw_is_followed_afterwards(page: Page, serve: Serve) -> None:
    graph = wheel(5)
    page.goto(serve(graph))
    Map(page).settled(6)
    page.wait_for_timeout(500)
    graph.away = True
    page.evaluate("window.conceptmap.actions.run('select', 's0001')")
    expect(page.locator("#notice")).to_be_visible()
    graph.away = False
    title(page, "s0001")
    expect(page.locator("#notice")).to_be_hidden()


def test_what_fails_for_another_reason_is_tried_again_once(page: Page, serve: Serve) -> None:
    graph = wheel(5)
    page.goto(serve(graph))
    Map(page).settled(6)
    graph.broken = "explore/step"
    before = graph.asked["explore/step"]
    page.evaluate("window.conceptmap.actions.run('focus', 'hub')")
    expect(page.locator("#notice")).to_contain_text("Something went wrong")
    page.wait_for_timeout(9500)
    assert graph.asked["explore/step"] == before + 2


def test_the_banner_says_who_was_away(page: Page, serve: Serve) -> None:
    page.goto(serve(wheel(5)))
    Map(page).settled(6)
    page.route("**/readyz", lambda route: route.abort())
    expect(page.locator("#banner")).to_contain_text("The explorer does not answer.", timeout=10_000)
    page.unroute("**/readyz")
    expect(page.locator("#flash")).to_have_text("The explorer is back.", timeout=10_000)


def test_a_map_that_is_full_offers_the_focus(page: Page, serve: Serve) -> None:
    url = serve(wheel(700))
    page.goto(url + "?open=hub~99")
    expect(page.locator("#toolbar")).to_contain_text("shown")
    page.evaluate("window.conceptmap.actions.run('walk', 'hub')")
    title(page, "Hub")
    expect(page.locator("#panel .shown")).to_contain_text("The map is full")
    expect(page.locator("#panel .shown").get_by_text("Show 12 more")).to_have_count(0)
    assert len(Map(page).settled(312)) == 312
    before = page.url
    page.keyboard.press("e")
    expect(page.locator("#flash")).to_contain_text("The map is full")
    assert page.url == before
    page.locator("#panel .shown").get_by_role("button", name="Focus").click()
    expect(page.locator("#toolbar")).to_contain_text("Focus: Hub")


def test_the_panel_counts_what_the_filter_hides(page: Page, serve: Serve) -> None:
    page.goto(serve(wheel(12)) + "?term=hub&hide=Spokes")
    shown = page.locator("#panel .shown")
    expect(shown).to_contain_text("0 of 12 neighbours on the map, 12 hidden by the filter")
    shown.get_by_role("button", name="Show all").click()
    expect(shown).to_contain_text("All 12 neighbours are on the map.")


def test_hits_come_by_themselves_once_the_index_is_built(page: Page, serve: Serve) -> None:
    graph = wheel(12)
    graph.broken, graph.error = "explore/names", ServerUnreachable("Away.")
    page.goto(serve(graph) + "?q=hub")
    expect(page.locator("#panel")).to_contain_text("The search index is being built")
    graph.broken = ""
    expect(page.locator("#panel .hits li")).to_have_count(1, timeout=15_000)


def test_an_explanation_of_endless_emphasis_is_shown(page: Page, serve: Serve) -> None:
    deep = {"id": "deep", "name": "Deep", "definition": "D.", "explanation": "*a " * 3000 + "b* " * 3000}
    page.goto(serve(MemoryGraph([deep])) + "?term=deep")
    title(page, "Deep")
    expect(page.locator("#panel .prose")).to_contain_text("a a a")


def test_backspace_does_not_leave_the_explorer(page: Page, serve: Serve) -> None:
    url = serve(wheel(5))
    page.goto("about:blank")
    page.goto(url)
    Map(page).settled(6)
    page.keyboard.press("Backspace")
    expect(page.locator("#flash")).to_have_text("This is the first view.")
    page.evaluate("window.conceptmap.actions.run('select', 's0001')")
    title(page, "s0001")
    page.keyboard.press("Backspace")
    expect(page.locator("#panel h2")).to_have_text("S")
    assert page.url == url
