"""What the tests need of the machine: browsers, a Neo4j and the editor's packages, provided where that is possible.

Each gives what it found, or raises `Missing` with the reason; what is missing is listed at the end of the test
run, and is a failure where CI=true.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph import Engine
from graph.errors import GraphError
from graph.server import acquire
from graph.settings import Settings

SHELL = "chromium-headless-shell"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOXES = ("firefox-esr", "firefox")
NEO4J_IMAGE = os.environ.get("NEO4J_IMAGE", "neo4j:5.26")


class Missing(Exception):
    """Something that the tests need is not here and could not be provided; `str()` says why."""


def in_ci() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("CI", "").lower() in ("true", "1")


def chromium() -> str:
    """The path of a Chromium: the system's, else Debian's package when root, else Playwright's own."""
    return _program(BROWSERS) or _of_debian("chromium", BROWSERS) or _playwright_chromium()


def headless_chromium() -> str:
    """The path of a Chromium for tests: its headless shell, which Playwright itself takes where nobody looks on and which
    wants two thirds of the processor time; else the whole browser.
    """
    return _program((SHELL,)) or _program(BROWSERS) or _of_debian(SHELL, (SHELL,)) or chromium()


def firefox() -> str:
    """The path of a Firefox: the system's, else Debian's package when root. Raises Missing."""
    if found := _program(FIREFOXES) or _of_debian("firefox-esr", FIREFOXES):
        return found
    raise Missing("no Firefox: that the exported page opens there is not tested")


def _program(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _of_debian(package: str, names: tuple[str, ...]) -> str | None:
    """A program of this package, installed where we can; None where we can't, or it is not there."""
    return _program(names) if can_install() and install(package) else None


def can_install() -> bool:
    """Are we who installs packages on a Debian?"""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install Debian's packages, whose services are not started. Whether that went well."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    for command in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]):
        ended = subprocess.run(command, check=False, capture_output=True, env=environment)
    return ended.returncode == 0


def _playwright_chromium() -> str:
    from playwright.sync_api import sync_playwright

    def path() -> str:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    # Playwright's own loop must not meet one that a test already runs in this thread.
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(path()))
    thread.start()
    thread.join()
    if not Path(found[0]).exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)
    if not Path(found[0]).exists():
        raise Missing("no Chromium: install your system's package, or run `playwright install chromium`")
    return found[0]


def node_packages(folder: Path) -> None:
    """What the lock in this folder names, installed there with npm."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise Missing("no Node.js with npm: the console's editor is not built anew and compared")
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    try:
        ended = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired as error:
        raise Missing("npm does not answer: the console's editor is not built anew and compared") from error
    if ended.returncode and any(
        code in ended.stderr for code in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")
    ):
        raise Missing("no package registry answers npm: the console's editor is not built anew and compared")
    if ended.returncode:
        raise AssertionError(f"npm ci failed: {ended.stderr}")


@contextmanager
def server(engine: Engine, home: Path) -> Iterator[Settings]:
    """Settings of a running server of the engine, for tests only: its data will be wiped."""
    if engine == "arcadedb":
        with _bundled("arcadedb", home) as settings:
            yield settings
    elif uri := os.environ.get("NEO4J_TEST_URI"):
        user, password = os.environ.get("NEO4J_TEST_USERNAME", "neo4j"), os.environ.get("NEO4J_TEST_PASSWORD", "")
        yield Settings(NEO4J_URI=uri, NEO4J_USERNAME=user, NEO4J_PASSWORD=password)
    elif _docker_gives(NEO4J_IMAGE):
        with _container() as settings:
            yield settings
    else:
        with _bundled("neo4j", home) as settings:
            yield settings


@contextmanager
def _bundled(engine: Engine, home: Path) -> Iterator[Settings]:
    try:
        lease = acquire(home, engine, notify=lambda text: print(text, file=sys.stderr))
    except GraphError as error:
        raise Missing(f"no {engine} server: {error}") from error
    try:
        yield Settings(NEO4J_URI=None, CONCEPTMAP_ENGINE=engine, CONCEPTMAP_HOME=home)
    finally:
        lease.close()


def _docker_gives(image: str) -> bool:
    """Does Docker answer, and has it the image, or can it get it? Without a registry it may have no image at all."""
    if not shutil.which("docker"):
        return False

    def says(*words: str, seconds: float = 20) -> bool:
        try:
            return subprocess.run(["docker", *words], check=False, capture_output=True, timeout=seconds).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    return says("info") and (says("image", "inspect", image) or says("pull", "--quiet", image, seconds=600))


@contextmanager
def _container() -> Iterator[Settings]:
    from testcontainers.community.neo4j import Neo4jContainer

    with Neo4jContainer(image=NEO4J_IMAGE, password="a-test-password") as container:
        yield Settings(
            NEO4J_URI=container.get_connection_url(), NEO4J_USERNAME="neo4j", NEO4J_PASSWORD="a-test-password"
        )
