"""The profile `proxy`: TLS, a login for everybody who comes that way, and explorers that may go without being missed."""

import base64
import http.client
import os
import pty
import select
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.apart import certificate
from tests.compose import machine
from tests.compose.machine import run
from tests.compose.stack import Stack, wait_for

PASSWORD = "correct horse battery staple"


class Site:
    """The address of the proxy, and requests to it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"https://localhost:{port}"
        self._context = ssl.create_default_context()
        self._context.check_hostname = False
        self._context.verify_mode = ssl.CERT_NONE  # its authority is its own

    def status(self, path: str, user: str = "") -> int:
        """What a path answers; 0 when nobody does."""
        headers = {"Authorization": f"Basic {base64.b64encode(f'{user}:{PASSWORD}'.encode()).decode()}"} if user else {}
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=15, context=self._context)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


@pytest.fixture(scope="module")
def site(stack: Stack) -> Iterator[Site]:
    """The proxy in front of three explorers, and a user."""
    added = stack.compose("run", "--rm", "-T", "users", "add", "ada", stdin=PASSWORD + "\n")
    assert added.returncode == 0
    whole = stack.ports["CONCEPTMAP_PORT"]
    stack.variables["CONCEPTMAP_PORT"] = f"{whole}-{whole + 9}"
    up = ("--profile", "proxy", "up", "--wait", "--no-build")
    stack.compose(*up, "--scale", "explorer=3", seconds=300)
    site = Site(stack.ports["CONCEPTMAP_HTTPS_PORT"])
    wait_for(lambda: site.status("/login") == 200)
    yield site
    del stack.variables["CONCEPTMAP_PORT"]
    stack.compose("--profile", "proxy", "rm", "--stop", "--force", "proxy")
    stack.compose("up", "--wait", "--no-build", "--scale", "explorer=1", seconds=300)


def test_everybody_logs_in_and_then_any_explorer_answers(site: Site, browser: Browser) -> None:
    """The same explorers ask nobody at the port of this machine alone; a session holds at all three."""
    assert site.status("/api/search?q=vector") == 401
    assert site.status("/api/search?q=vector", "ada") == 200
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{site.url}/?focus=vector-database")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    for _ in range(6):
        expect(page.locator("#panel h2")).to_have_text("Vector Database")
        page.reload()
    assert all(cookie.get("secure") for cookie in context.cookies())
    context.close()


def test_a_user_is_added_at_a_terminal(site: Site, stack: Stack) -> None:
    """The password is asked for twice, and not shown."""
    here, there = pty.openpty()
    command = ["docker", "compose", "--project-name", stack.name, "run", "--rm", "users", "add", "grace"]
    environment = dict(os.environ) | machine.environment() | stack.environment
    added = subprocess.Popen(command, cwd=machine.ROOT, env=environment, stdin=there, stdout=there, stderr=there)
    os.close(there)
    shown = ""
    for question in ("Password: ", "Again: "):  # with the space, before which what is typed is still shown and lost
        while question not in shown:
            assert select.select([here], [], [], 60)[0], shown
            shown += os.read(here, 4096).decode()
        os.write(here, f"{PASSWORD}\n".encode())
    assert added.wait(60) == 0
    assert PASSWORD not in shown + os.read(here, 4096).decode()
    os.close(here)
    wait_for(lambda: site.status("/api/search?q=vector", "grace") == 200)


def test_an_explorer_is_killed_under_load_and_nobody_notices(site: Site, stack: Stack) -> None:
    answers: list[int] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answers.append(site.status("/api/search?q=vector", "ada"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(answers) > 20)
    run(["docker", "kill", stack.containers("explorer")[0]])
    time.sleep(5)
    done.set()
    for thread in threads:
        thread.join()
    print(f"\n{len(answers)} requests, one explorer of three killed among them")
    assert set(answers) == {200}


def test_a_certificate_of_ones_own(site: Site, stack: Stack) -> None:
    """The proxy takes the files that it is given, and not that of its own authority."""
    folder = stack.folder.parent / "certificates"
    public = certificate(folder, "DNS:localhost")
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
    tls = "/certificates/public.crt /certificates/private.key"
    given = {"CONCEPTMAP_CERTIFICATES": str(folder), "CONCEPTMAP_TLS": tls}
    stack.variables.update(given)
    try:
        stack.compose("--profile", "proxy", "up", "--wait", "--no-build", "--no-deps", "proxy")
        trusting = ssl.create_default_context(cafile=public)
        connection = http.client.HTTPSConnection("localhost", site.port, timeout=15, context=trusting)
        connection.request("GET", "/login")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        for name in given:
            del stack.variables[name]
