"""The explorer in Chromium with a clock in its page (`page.js`): clicks, keystrokes, starts, bytes and frames."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import provide
from tests.e2e.conftest import FLAGS

CLOCK = Path(__file__).with_suffix(".js")
WINDOW = {"width": 1440, "height": 900}
REST = 350
LETTERS = 4
BURST = 8
SECONDS = 3.0
PRESS = 60  # milliseconds that the button is held; few people click faster
DRAWN = "bench.settled()"


@dataclass(frozen=True)
class Clicks:
    """Milliseconds of each click to the panel, the picture and the still map; what bare cytoscape.js takes to show
    as many more terms on as large a map; how many terms the map had.
    """

    panel: list[float]
    drawn: list[float]
    settled: list[float]
    bare: list[float]
    nodes: int


@dataclass(frozen=True)
class Start:
    """A start of the page: milliseconds to a usable map, and bytes as they came over the wire."""

    milliseconds: float
    transferred: int


@dataclass(frozen=True)
class Chromium:
    """A browser, and what starts another with a profile of its own in a folder, as a reader has it."""

    browser: Browser
    launch: Callable[[str], BrowserContext]

    @contextmanager
    def page(self, ratio: float = 1) -> Iterator[Page]:
        """An empty page at a device pixel ratio; the clock comes with whatever it opens."""
        with _profile(self.browser, ratio) as context:
            yield context.new_page()


@contextmanager
def chromium() -> Iterator[Chromium]:
    path = provide.chromium()
    with sync_playwright() as playwright:

        def launch(folder: str) -> BrowserContext:
            return playwright.chromium.launch_persistent_context(
                folder, executable_path=path, args=FLAGS, viewport=WINDOW, color_scheme="light"
            )

        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield Chromium(browser, launch)
        finally:
            browser.close()


@contextmanager
def _profile(browser: Browser, ratio: float = 1) -> Iterator[BrowserContext]:
    """Another profile of the browser, in memory, with nothing in its cache."""
    context = browser.new_context(viewport=WINDOW, device_scale_factor=ratio, color_scheme="light")
    context.add_init_script(path=CLOCK)
    try:
        yield context
    finally:
        context.close()


def clicks(browser: Chromium, url: str, query: str, skipped: set[str], number: int) -> Clicks:
    """So many clicks, each on another term of the same map. Clicked terms are put among those to be skipped: the
    explorer would answer from what it kept.
    """
    found: list[Mapping[str, float]] = []
    fresh: list[Any] = []
    with browser.page() as page:
        page.goto(f"{url}/{query}")
        page.evaluate(DRAWN)
        before = page.evaluate("bench.shown()")
        every = [term for term in page.evaluate("bench.clickable()") if term not in skipped]
        for term in spread(every, number):
            skipped.add(term)
            found.append(_click(page, term))
            fresh = fresh or _fresh(before, page.evaluate("bench.shown()"))
            serial = page.evaluate("bench.serial()")
            page.evaluate("query => conceptmap.actions.go(query)", query)
            page.evaluate("serial => bench.settled(serial)", serial)
            page.wait_for_timeout(REST)
        bare = _bare_additions(page, before, fresh, number)
    times = {key: [one[key] for one in found] for key in ("panel", "drawn", "settled")}
    return Clicks(**times, bare=bare, nodes=len([one for one in before["elements"] if one["group"] == "nodes"]))


def _click(page: Page, term: str) -> Mapping[str, float]:
    x, y = page.evaluate("term => bench.place(term)", term)
    page.mouse.move(x, y)
    page.evaluate("term => void (bench.measured = bench.click(term))", term)
    page.mouse.click(x, y, delay=PRESS)
    measured: Mapping[str, float] = page.evaluate("bench.measured")
    page.mouse.move(5, 5)
    return measured


def _fresh(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Any]:
    there = {one["data"]["id"] for one in before["elements"]}
    return [one for one in after["elements"] if one["data"]["id"] not in there]


def _bare_additions(page: Page, before: Mapping[str, Any], fresh: Sequence[Any], number: int) -> list[float]:
    page.evaluate("shown => bench.bare(shown)", before)
    times = []
    for _ in range(number):
        times.append(page.evaluate("fresh => bench.added(fresh)", fresh))
        page.evaluate("fresh => fresh.forEach((one) => bench.cy.$id(one.data.id).remove())", fresh)
        page.wait_for_timeout(50)
    return times


def keystrokes(browser: Chromium, url: str, words: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds to the suggestions: after each of the first letters of each word, typed one by one; and after the
    last of more letters, typed without a pause.
    """
    single: list[float] = []
    burst = []
    with browser.page() as page:
        page.goto(url)
        page.evaluate(DRAWN)
        page.evaluate("bench.indexed()")
        for word in words:
            page.focus("#search")
            single += [_typed(page, word[:length], 1) for length in range(1, LETTERS + 1)]
            _empty(page)
            burst.append(_typed(page, word[:BURST], BURST))
            _empty(page)
    return single, burst


def _typed(page: Page, text: str, letters: int) -> float:
    page.evaluate("text => void (bench.measured = bench.typed(text))", text)
    page.keyboard.type(text[-letters:])
    return float(page.evaluate("bench.measured"))


def _empty(page: Page) -> None:
    page.wait_for_timeout(60)
    page.evaluate("bench.empty()")


def starts(browser: Chromium, url: str) -> tuple[Start, Start]:
    """In a browser that was just started, with a new profile on the disk; and with that profile the third time, for
    Chromium keeps what it compiled of a script when it meets it for the second time.
    """
    with TemporaryDirectory() as folder, closing(browser.launch(folder)) as context:
        context.add_init_script(path=CLOCK)
        cold, _, warm = (_start(context, url) for _ in range(3))
        return cold, warm


def _start(context: BrowserContext, url: str) -> Start:
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(url)
    milliseconds = float(page.evaluate("bench.started"))
    page.wait_for_timeout(REST)
    page.close()
    return Start(milliseconds, int(sum(sizes)))


def frames(browser: Chromium, url: str, scene: Mapping[str, Any], ratio: float) -> tuple[float, float]:
    """Frames a second while a map of this scene is dragged about: the explorer's, and bare cytoscape.js's."""
    with browser.page(ratio) as page:
        page.goto(url)
        page.evaluate(DRAWN)
        page.wait_for_timeout(500)
        serial = page.evaluate("bench.serial()")
        page.evaluate("scene => conceptmap.map.told({scene, title: '', parts: {}})", scene)
        page.evaluate("serial => bench.settled(serial)", serial)
        page.wait_for_timeout(1500)
        ours = page.evaluate("seconds => bench.pan(seconds)", SECONDS)
        page.evaluate("() => bench.bare(bench.shown())")
        page.wait_for_timeout(1500)
        return ours, page.evaluate("seconds => bench.pan(seconds)", SECONDS)


def spread(every: Sequence[str], number: int) -> list[str]:
    """So many of them, evenly from the first to the last."""
    count = min(number, len(every))
    return [every[index * len(every) // count] for index in range(count)]
