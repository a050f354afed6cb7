"""Makes the pictures of the README and the guide: `make picture`.

Starts an explorer of its own on a fresh data folder with the shipped sets, and takes the same views in both
themes, on a desktop and on a phone.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import provide
from tests.e2e.conftest import FLAGS, ROOT, Map, explorer

PICTURES = Path(__file__).parent / "pictures"
DESKTOP, PHONE = (1280, 800), (390, 844)
VIEWS = {"start": "", "map": "?term=foundation-model", "focus": "?focus=knowledge-graph&term=knowledge-graph"}


def main() -> None:
    """Write `docs/pictures/<view>-<theme>.png` and the same of a phone."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, explorer(Path(folder)) as site, sync_playwright() as playwright:
        site.command("load", str(ROOT / "data"))
        browser = playwright.chromium.launch(executable_path=provide.chromium(), args=FLAGS)
        for name, query in VIEWS.items():
            for theme in ("light", "dark"):
                _take(browser, f"{site.url}/{query}", DESKTOP, theme, f"{name}-{theme}.png")
        for theme in ("light", "dark"):
            _take(browser, f"{site.url}/{VIEWS['map']}", PHONE, theme, f"phone-{theme}.png")
        browser.close()


def _take(browser: Browser, url: str, size: tuple[int, int], theme: str, file: str) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
    )
    page = context.new_page()
    page.goto(url)
    Map(page).settled(10)
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / file)
    context.close()


if __name__ == "__main__":
    main()
