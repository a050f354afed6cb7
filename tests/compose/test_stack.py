"""What a team does with docker compose: start it, load, see it on the map, break it, scale it, stop it."""

import time

from playwright.sync_api import Page, expect

from tests.compose.machine import run
from tests.compose.stack import Stack, status, wait_for
from tests.e2e.conftest import Map

MOST_MEMORY = 3 * 1024**3


def test_up_returns_when_all_of_it_is_ready(stack: Stack, started: dict[str, float]) -> None:
    """The explorer is ready, the sets that ship are loaded, the first hit of a reader finds the map."""
    assert status(f"{stack.url}/readyz") == 200
    assert {"ai", "knowledge-graphs"} <= stack.sets().keys()
    assert stack.inspect("loader")["State"]["ExitCode"] == 0
    used = run(["docker", "stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}"]).stdout
    print(f"\nup --wait: {started['up']:.1f} s\n{used}")


def test_the_memory_of_all_services_has_limits(stack: Stack) -> None:
    limits = {name: stack.inspect(name)["HostConfig"]["Memory"] for name in ("init", "neo4j", "loader", "explorer")}
    assert all(limits.values()), limits
    assert sum(limits.values()) <= MOST_MEMORY


def test_only_this_machine_reaches_the_ports(stack: Stack) -> None:
    for service in ("neo4j", "explorer"):
        for bindings in stack.inspect(service)["HostConfig"]["PortBindings"].values():
            assert [one["HostIp"] for one in bindings] == ["127.0.0.1"]


def test_a_file_is_loaded_and_seen_on_the_map(stack: Stack, page: Page) -> None:
    loaded = stack.command("load", "kitchen.yaml")
    assert "2 terms" in loaded.stdout or "2 added" in loaded.stdout, loaded.stdout
    assert stack.sets()["kitchen"] == 2
    page.goto(f"{stack.url}/?focus=whisk")
    assert {"whisk", "bowl"} <= Map(page).settled(2).keys()


def test_exit_codes_and_words_are_those_of_the_command_line(stack: Stack) -> None:
    """The file is named as whoever runs the command knows it, and what is wrong ends with 1, 2 or 0."""
    (stack.folder / "wrong.yaml").write_text("set: wrong\nterms:\n  - {name: A, related: [Whisky]}\n", "utf-8")
    try:
        for file in ("wrong.yaml", "/data/wrong.yaml"):
            refused = stack.command("load", file, check=False)
            assert refused.returncode == 1
            assert f"{file}:3:" in refused.stderr
            assert "unknown-term" in refused.stderr
            assert "Nothing was loaded." in refused.stderr
        assert stack.command("check", "wrong.yaml", "--strict", check=False).returncode == 1
    finally:
        (stack.folder / "wrong.yaml").unlink()
    assert stack.command("check", "kitchen.yaml").returncode == 0
    absent = stack.command("load", "nowhere.yaml", check=False)
    assert absent.returncode in (1, 2)
    assert "nowhere.yaml" in absent.stderr


def test_a_dry_run_standard_input_a_folder_and_unload(stack: Stack) -> None:
    text = "set: piped\nterms:\n  - {name: Pipe, definition: Carries water.}\n"
    planned = stack.command("load", "--dry-run", "--from", "yaml", "-", stdin=text)
    assert "would be 1 added" in planned.stdout
    assert "piped" not in stack.sets()
    stack.command("load", "--from", "yaml", "-", stdin=text)
    assert stack.sets()["piped"] == 1
    assert stack.command("load", "/data").returncode == 0  # the folder
    stack.command("unload", "piped")
    assert "piped" not in stack.sets()
    again = stack.command("unload", "piped", check=False)
    assert again.returncode == 1
    assert "piped" in again.stderr


def test_the_database_is_killed_and_comes_back(stack: Stack, page: Page) -> None:
    """A reader sees a banner while it is away, and then goes on, without loading the page again."""
    page.goto(f"{stack.url}/?focus=vector-database")
    Map(page).settled(2)
    run(["docker", "kill", *stack.containers("neo4j")])
    banner = page.locator("#banner")
    expect(banner).to_be_visible(timeout=30_000)
    assert status(f"{stack.url}/healthz") == 200
    wait_for(lambda: status(f"{stack.url}/readyz") == 503, 30)
    stack.compose("start", "neo4j")
    print(f"\nready again after {wait_for(lambda: status(f'{stack.url}/readyz') == 200, 180):.1f} s")
    expect(banner).to_be_hidden(timeout=30_000)
    assert stack.sets()["ai"]


def test_it_is_stopped_and_started_and_holds_what_it_held(stack: Stack) -> None:
    """`down` and `up`: the data, the password and the key of sessions are in volumes."""
    before = stack.sets()
    stack.compose("down", "--timeout", "60")
    started = time.monotonic()
    stack.compose("up", "--wait", "--no-build", seconds=300)
    print(f"\nup --wait, of data that is there: {time.monotonic() - started:.1f} s")
    assert stack.sets() == before
    assert "The secrets are there." in stack.compose("logs", "init").stdout


def test_the_explorer_ends_within_three_seconds(stack: Stack) -> None:
    started = time.monotonic()
    stack.compose("stop", "explorer")
    assert time.monotonic() - started < 3.5
    assert stack.inspect("explorer")["State"]["ExitCode"] in (0, 130)
    stack.compose("start", "explorer")
    wait_for(lambda: status(f"{stack.url}/readyz") == 200)


def test_a_folder_that_is_followed(stack: Stack) -> None:
    """The profile `watch` loads what is saved into the folder."""
    stack.compose("--profile", "watch", "up", "--wait", "--no-build", "watch")
    try:
        (stack.folder / "late.yaml").write_text("set: late\nterms:\n  - {name: Late, definition: Not soon.}\n", "utf-8")
        wait_for(lambda: "late" in stack.sets(), 30)
    finally:
        stack.compose("--profile", "watch", "rm", "--stop", "--force", "watch")
        (stack.folder / "late.yaml").unlink()


def test_three_explorers(stack: Stack) -> None:
    """Each has a port of its own in the range; any of them answers."""
    whole = stack.ports["CONCEPTMAP_PORT"]
    stack.variables["CONCEPTMAP_PORT"] = f"{whole}-{whole + 9}"
    try:
        stack.compose("up", "--wait", "--no-build", "--scale", "explorer=3", seconds=300)
        published = stack.compose("ps", "--format", "{{.Publishers}}", "explorer").stdout
        ports = [port for port in range(whole, whole + 10) if str(port) in published]
        assert len(ports) == 3, published
        assert [status(f"http://127.0.0.1:{port}/readyz") for port in ports] == [200, 200, 200]
    finally:
        del stack.variables["CONCEPTMAP_PORT"]
        stack.compose("up", "--wait", "--no-build", "--scale", "explorer=1", seconds=300)
