"""The login as a reader meets it: wrong and right, the link he came by, out again, and a session that ends under him."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, Map, Site, environment, explorer, title

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Guarded:
    """An explorer that asks for a login, and the command for its users."""

    site: Site
    users: Path

    def user(self, *arguments: str) -> None:
        settings = environment(self.site.home) | {"CONCEPTMAP_USERS_FILE": str(self.users)}
        command = [sys.executable, "-m", "conceptmap", "user", *arguments]
        subprocess.run(command, env=settings, input=PASSWORD, text=True, capture_output=True, timeout=120, check=True)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    home = tmp_path_factory.mktemp("guarded")
    users = home / "users"
    settings = environment(home) | {"CONCEPTMAP_USERS_FILE": str(users)}
    command = [sys.executable, "-m", "conceptmap", "user", "add", "ada"]
    subprocess.run(command, env=settings, input=PASSWORD, text=True, capture_output=True, timeout=120, check=True)
    with explorer(home, CONCEPTMAP_USERS_FILE=str(users)) as site:
        site.command("load", str(ROOT / "data"))
        yield Guarded(site, users)


def log_in(page: Page, password: str = PASSWORD, name: str = "ada") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_a_wrong_login_is_told_and_a_right_one_opens_the_link(page: Page, guarded: Guarded) -> None:
    page.goto(f"{guarded.site.url}/?term=embeddings&layout=grid")
    expect(page).to_have_title("Log in · conceptmap")
    expect(page.get_by_label("Name")).to_be_focused()
    log_in(page, "wrong password")
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    expect(page.get_by_label("Name")).to_have_value("ada")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    title(page, "Embeddings")
    assert page.url == f"{guarded.site.url}/?term=embeddings&layout=grid"
    page.reload()
    title(page, "Embeddings")


def test_the_keyboard_alone_logs_in(page: Page, guarded: Guarded) -> None:
    page.goto(guarded.site.url)
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Log in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("What is loaded")


def test_logging_out_leads_to_the_login_and_nothing_is_left(page: Page, guarded: Guarded) -> None:
    page.goto(guarded.site.url)
    log_in(page)
    Map(page).settled()
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_title("Log in · conceptmap")
    assert page.context.cookies() == []
    page.go_back()
    expect(page).to_have_title("Log in · conceptmap")
    page.goto(f"{guarded.site.url}/?term=embeddings")
    expect(page).to_have_title("Log in · conceptmap")


def test_a_session_that_ends_under_the_reader_is_told_and_the_view_comes_back(page: Page, guarded: Guarded) -> None:
    page.goto(f"{guarded.site.url}/?term=embeddings")
    log_in(page)
    map_ = Map(page)
    map_.settled()
    guarded.user("add", "ada")  # with the same password anew: the session ends all the same
    dialog = page.get_by_role("dialog", name="Your session has ended.")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#offer")).to_be_hidden()
    page.get_by_placeholder("Search terms").fill("vec")
    expect(dialog).to_be_visible()
    page.get_by_role("link", name="Log in").click()
    log_in(page)
    title(page, "Embeddings")
    assert page.url == f"{guarded.site.url}/?term=embeddings"


def test_who_logs_in_in_another_tab_goes_on_here(page: Page, guarded: Guarded) -> None:
    page.goto(f"{guarded.site.url}/?term=embeddings")
    log_in(page)
    Map(page).settled()
    page.context.clear_cookies()
    dialog = page.get_by_role("dialog", name="Your session has ended.")
    expect(dialog).to_be_visible()
    other = page.context.new_page()
    other.goto(guarded.site.url)
    log_in(other)
    Map(other).settled()
    page.bring_to_front()
    expect(dialog).to_be_hidden()
    page.locator("#panel .neighbours button.term").first.click()
    expect(page.locator("#panel h2")).not_to_have_text("Embeddings")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_login_is_for_everyone(browser: Browser, guarded: Guarded, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(guarded.site.url)
    assert not Axe().run(page).response["violations"]
    log_in(page, "wrong password")
    expect(page.get_by_role("alert")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert not found, found
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if pictures := os.environ.get("CONCEPTMAP_TEST_PICTURES"):
        page.screenshot(path=f"{pictures}/login-{scheme}-{width}.png")
    log_in(page)
    Map(page).settled()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.context.clear_cookies()
    expect(page.get_by_role("dialog", name="Your session has ended.")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert not found, found
    if pictures:
        page.screenshot(path=f"{pictures}/ended-{scheme}-{width}.png")
    context.close()
