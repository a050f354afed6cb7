"""One stack for all tests of this folder, started from nothing and taken away at the end."""

import time
from collections.abc import Iterator

import pytest

from tests.compose import prepare
from tests.compose.images import OURS, Images
from tests.compose.stack import Stack
from tests.conftest import missing
from tests.e2e.conftest import browser, context, page  # noqa: F401 - fixtures
from tests.provide import Missing

TERMS = """set: kitchen
title: In the kitchen
terms:
  - {name: Whisk, definition: Beats eggs., related: [Bowl]}
  - {name: Bowl, definition: Holds eggs.}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/compose" in str(item.path):
            item.add_marker(pytest.mark.compose)


@pytest.fixture(scope="session")
def images() -> Images:
    """Docker, the images to start from, and the product's, built."""
    try:
        return prepare.prepare()
    except Missing as error:
        missing(str(error))
        raise


@pytest.fixture(scope="session")
def image(images: Images) -> str:
    """The product's image."""
    return OURS


@pytest.fixture(scope="session")
def started() -> dict[str, float]:
    """How long it took, in seconds."""
    return {}


@pytest.fixture(scope="session")
def stack(
    images: Images, image: str, tmp_path_factory: pytest.TempPathFactory, started: dict[str, float]
) -> Iterator[Stack]:
    """A running stack: `up --wait` has returned."""
    folder = tmp_path_factory.mktemp("data")
    folder.chmod(0o755)
    for parent in list(folder.parents)[:3]:
        if parent.name.startswith("pytest"):
            parent.chmod(0o755)
    (folder / "kitchen.yaml").write_text(TERMS, encoding="utf-8")
    stack = Stack(folder, images.variables())
    stack.compose("--profile", "*", "down", "--volumes", "--timeout", "5")
    try:
        before = time.monotonic()
        up = stack.compose("up", "--wait", "--no-build", seconds=300, check=False)
        assert up.returncode == 0, up.stderr[-500:] + stack.compose("logs").stdout[-5000:]
        started["up"] = time.monotonic() - before
        yield stack
    finally:
        stack.compose("--profile", "*", "down", "--volumes", "--timeout", "5", check=False)
