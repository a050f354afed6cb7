"""Makes the pictures of the README and the guide: `make picture`.

Starts an explorer of its own on a fresh data folder with the shipped sets, and takes the same views in both
themes, on a desktop and on a phone. The pictures have few colours, so a palette makes them small.
"""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from explorer.login.users import put
from tests import provide
from tests.e2e.conftest import FLAGS, ROOT, Map, explorer

PICTURES = Path(__file__).parent / "pictures"
THEMES = ("light", "dark")
DESKTOP, PHONE, CARD = (1280, 800), (390, 844), (720, 480)
COLOURS = 256


def _as_it_is(page: Page) -> None:
    """Nothing is done before the picture is taken."""


def _search(page: Page) -> None:
    page.locator("#search").press_sequentially("gradient")
    expect(page.locator("#suggestions [role=option]").first).to_be_visible()


def _filters(page: Page) -> None:
    if not page.locator("[data-fold=filters]").evaluate("fold => fold.open"):
        page.locator("[data-fold=filters] > summary").click()
    page.locator("[data-fold=categories] > summary").click()
    for fold in ("sets", "kinds"):
        page.locator(f"[data-fold={fold}] > summary").click()


def _menu(page: Page) -> None:
    page.keyboard.press("m")
    expect(page.locator("#menu")).to_be_visible()


def _numbers(page: Page) -> None:
    expect(page.locator("#health .picture .bars")).to_have_count(2, timeout=20_000)


def _text(page: Page) -> None:
    page.keyboard.press("t")
    expect(page.locator("#text-twin .row").first).to_be_visible()


def _console(page: Page) -> None:
    page.keyboard.press("c")
    expect(page.locator("#console .cy-keyword").first).to_be_visible(timeout=20_000)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console .ag-row").first).to_be_visible(timeout=20_000)


@dataclass(frozen=True)
class View:
    """A view to take: the file's name, the query of its address, what is done there, and where it is seen."""

    name: str
    query: str = ""
    prepare: Callable[[Page], None] = _as_it_is
    size: tuple[int, int] = DESKTOP


MAP = "?term=foundation-model"
PATH = "?path=fine-tuning,ontology"
VIEWS = (
    View("start"),
    View("search", prepare=_search),
    View("map", MAP),
    View("term", f"{MAP}&open=foundation-model"),
    View("focus", "?focus=knowledge-graph&term=knowledge-graph"),
    View("menu", MAP, _menu),
    View("filters", "?hide-kind=related", _filters),
    View("path", PATH),
    View("reading", "?reading=ontology"),
    View("health", "?health=ai", _numbers),
    View("text", MAP, _text),
    View("console", MAP, _console),
    View("phone", MAP, size=PHONE),
    View("phone-path", PATH, size=PHONE),
)


def main() -> None:
    """Write `docs/pictures/<view>-<theme>.png`; a picture that no view makes goes."""
    PICTURES.mkdir(exist_ok=True)
    made = set()
    with tempfile.TemporaryDirectory() as folder, explorer(Path(folder)) as site, sync_playwright() as playwright:
        site.command("load", str(ROOT / "data"))
        users = Path(folder) / "users"
        put(users, "ada", "only for a picture")
        browser = playwright.chromium.launch(executable_path=provide.chromium(), args=FLAGS)
        with explorer(Path(folder), CONCEPTMAP_USERS_FILE=str(users)) as guarded:
            for theme in THEMES:
                made.add(_write("login", theme, _take_login(browser, guarded.url, theme)))
        for view in VIEWS:
            for theme in THEMES:
                made.add(_write(view.name, theme, _take(browser, site.url, view, theme)))
        browser.close()
    for file in set(PICTURES.glob("*.png")) - made:
        file.unlink()


def _write(name: str, theme: str, picture: bytes) -> Path:
    file = PICTURES / f"{name}-{theme}.png"
    file.write_bytes(_small(picture))
    return file


def _take_login(browser: Browser, url: str, theme: str) -> bytes:
    size = {"width": CARD[0], "height": CARD[1]}
    page = browser.new_page(viewport=size, color_scheme="dark" if theme == "dark" else "light")  # type: ignore[arg-type]
    page.goto(url)
    page.get_by_label("Name").fill("ada")
    picture = page.screenshot(animations="disabled", caret="hide")
    page.close()
    return picture


def _take(browser: Browser, url: str, view: View, theme: str) -> bytes:
    context = browser.new_context(
        viewport={"width": view.size[0], "height": view.size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        is_mobile=view.size == PHONE,
        has_touch=view.size == PHONE,
    )
    page = context.new_page()
    page.goto(f"{url}/{view.query}")
    Map(page).settled(3)
    view.prepare(page)
    Map(page).settled()
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def _small(picture: bytes) -> bytes:
    """The same picture with a palette."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        # Maximal coverage keeps the colours of small marks, by which categories are told.
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
