"""Formulas in an explanation: drawn by the browser itself, in the panel and in the exported page."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from explorer.page_export import Book, PageTerm, document
from graph.kinds import BUILT_IN
from tests.e2e.conftest import Site, title
from tests.e2e.test_explorer import Open, violations

pytestmark = pytest.mark.browser

SET = r"""
set: formulas
terms:
  - name: Softmax
    definition: It makes probabilities of scores.
    explanation: |
      It costs $5 or $10, and $\nosuch{x}$ is not known, but $x^2$ is.

      $$\frac{e^{x_i}}{\sum_j e^{x_j}}$$
"""
TALLER = """([above, below]) => above.getBoundingClientRect().bottom < below.getBoundingClientRect().bottom"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "formulas.yaml"
    path.write_text(SET, encoding="utf-8")
    return path


def shown(page: Page, place: str) -> None:
    """Both formulas are drawn as such, what is none is text, and nothing is asked of the console."""
    maths = page.locator(f"{place} math")
    expect(maths).to_have_count(2)
    assert maths.first.evaluate("one => one.namespaceURI") == "http://www.w3.org/1998/Math/MathML"
    fraction = page.locator(f"{place} mfrac > *")
    assert page.evaluate(TALLER, [fraction.nth(0).element_handle(), fraction.nth(1).element_handle()])
    expect(page.locator(place)).to_contain_text("It costs $5 or $10, and $\\nosuch{x}$ is not known")
    expect(page.locator(f"{place} code", has_text=re.compile(r"^\$\\nosuch\{x\}\$$"))).to_be_visible()


def test_a_formula_is_drawn_in_the_panel(page: Page, open_page: Open, site: Site, file: Path) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    site.command("load", str(file))
    try:
        open_page("?term=softmax")
        title(page, "Softmax")
        shown(page, "#panel")
        assert violations(page) == []
        assert said == []
    finally:
        site.command("unload", "formulas", "--wait", "5")


def test_a_formula_is_drawn_in_the_exported_page(
    context: BrowserContext, site: Site, file: Path, tmp_path: Path
) -> None:
    site.command("load", str(file))
    try:
        site.command("export", "formulas", "--format", "html", "--output", str(tmp_path / "page.html"))
    finally:
        site.command("unload", "formulas", "--wait", "5")
    context.set_offline(True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri() + "#term=softmax")
    shown(page, "body")


WIDE = "$$f(x) = " + " + ".join(rf"\sum_{{i=1}}^{{N}} \frac{{y_{{{n}}}}}{{z_{{{n}}}}}" for n in range(9)) + "$$"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_formula_wider_than_a_phone_is_scrolled_alone_and_by_the_keyboard(
    browser: Browser, tmp_path: Path, theme: Any
) -> None:
    term = PageTerm("loss", "Loss", "What is made small.", f"A long one:\n\n{WIDE}", "", (), ("S",), 1.0)
    path = tmp_path / "page.html"
    path.write_text(document(Book("Book", (term,), (), tuple(BUILT_IN.values()))), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=theme, is_mobile=True)
    page = context.new_page()
    page.goto(path.as_uri() + "#term=loss")
    title(page, "Loss")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("p:has(> math)").evaluate("one => one.scrollWidth > one.clientWidth")
    assert violations(page) == []
    context.close()
