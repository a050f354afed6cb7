"""A users file with one user, and explorers that ask for a login."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer.app import create_app
from explorer.login import users
from graph.settings import read_settings
from tests.memory import MemoryGraph, wheel
from tests.unit.login import PASSWORD, Make


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "METHOD", "scrypt:1024:8:1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    users.put(path, "ada", PASSWORD)
    return path


@pytest.fixture
def make(tmp_path: Path, file: Path) -> Make:
    def make(graph: MemoryGraph | None = None, **settings: str) -> FlaskClient:
        given = {"CONCEPTMAP_USERS_FILE": str(file), "CONCEPTMAP_HOME": str(tmp_path)} | settings
        app = create_app(graph or wheel(3), read_settings(**given))  # type: ignore[arg-type]
        client: FlaskClient = app.server.test_client()
        return client

    return make


@pytest.fixture
def client(make: Make) -> Iterator[FlaskClient]:
    return make()
