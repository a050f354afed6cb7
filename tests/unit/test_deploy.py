"""The image and the stack of containers, as far as their files tell; tests/compose runs them."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
STACK: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = STACK["services"]
UNITS = {"m": 1024**2, "g": 1024**3}
BUNDLED = {"arcadedb-embedded", "jpype1"}


def plain(text: str) -> str:
    """What stands there when no variable is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def memory(service: dict[str, Any]) -> int:
    """The limit, in bytes."""
    limit = plain(service["mem_limit"])
    return int(limit[:-1]) * UNITS[limit[-1]]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_shut_in(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["pids_limit"] <= 1024
    assert memory(service)
    assert "privileged" not in service
    if "build" not in service:
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])


def test_all_that_runs_at_once_has_three_gigabytes() -> None:
    lasting = [service for service in SERVICES.values() if service.get("restart") == "unless-stopped"]
    assert sum(memory(service) for service in lasting) <= 3 * UNITS["g"]
    ordinary = [service for service in SERVICES.values() if "profiles" not in service]
    assert sum(memory(service) for service in ordinary) <= 3 * UNITS["g"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_only_the_proxy_is_reached_from_elsewhere(name: str) -> None:
    for port in SERVICES[name].get("ports", []):
        assert name == "proxy" or port.startswith("127.0.0.1:")
    assert "network_mode" not in SERVICES[name] or SERVICES[name]["network_mode"] == "none"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_images_have_a_version(name: str) -> None:
    image = plain(SERVICES[name]["image"])
    assert image == "conceptmap:local" or re.fullmatch(r"[a-z0-9]+:\d+\.\d+\.\d+\S*", image), image
    assert re.search(r"PYTHON_IMAGE=python:\d+\.\d+\.\d+-slim", (ROOT / "Dockerfile").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_secret_is_in_an_environment(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        if re.search("PASSWORD|AUTH|KEY|SECRET|TOKEN", variable):
            assert variable.endswith("_FILE")
            assert value.startswith(("/secrets/", "/users/"))


def test_only_settings_that_are_read_are_set() -> None:
    from graph.settings import Settings

    known = {field.alias for field in Settings.model_fields.values()}
    for name in ("loader", "explorer", "watch", "users"):
        assert SERVICES[name]["environment"].keys() <= known


def test_the_document_tells_every_variable() -> None:
    document = (ROOT / "docs/compose.md").read_text(encoding="utf-8")
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name, default in set(re.findall(r"\$\{(\w+):-([^}]*)\}", text)):
        assert f"| `{name}` | `{default}` |" in document, name


def test_the_image_has_the_version_of_the_product() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f'org.opencontainers.image.version="{project["version"]}"' in dockerfile
    assert "# syntax" not in dockerfile
    assert "RUN --mount" not in dockerfile


def test_the_lock_of_the_image_is_the_lock_without_the_bundled_server() -> None:
    """The same versions with the same hashes; what is missing is the server, and what builds the package."""
    whole, image = (locked(ROOT / name) for name in ("requirements.lock", "requirements-image.lock"))
    assert image.items() <= whole.items()
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    assert whole.keys() - image.keys() >= BUNDLED
    named = {re.split(r"[<>=]", one)[0] for one in groups["build"]}
    assert named <= whole.keys() - image.keys()


def locked(path: Path) -> dict[str, str]:
    """Each package of a lock, with all that stands behind its name: version, marker and hashes."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(re.findall(r"^([a-z0-9-]+)==((?:.*\\\n)*.*)", text, flags=re.MULTILINE))
