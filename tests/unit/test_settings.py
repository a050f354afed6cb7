"""Settings are declared once, and the README tells of each."""

from pathlib import Path

import pytest

from graph.errors import SettingsWrong
from graph.settings import Settings, read_settings

README = Path(__file__).parent.parent.parent / "README.md"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_readme_has_every_setting(name: str) -> None:
    field = Settings.model_fields[name]
    line = next(
        (line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{field.alias}`")), ""
    )
    assert line, f"{field.alias} is not in the README's table"
    assert field.description is not None
    assert field.description in line
    if field.default not in (None, "") and field.default_factory is None:
        assert f"`{field.default}`" in line


def test_a_wrong_value_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCEPTMAP_PORT", "many")
    with pytest.raises(SettingsWrong, match="CONCEPTMAP_PORT is wrong"):
        read_settings()


@pytest.mark.parametrize(
    "uri",
    ["nonsense", "http://localhost:7474", "bolt://h:99999", "bolt://h:port", "bolt://[::1", "bolt://", "neo4j+x://h"],
)
def test_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    with pytest.raises(SettingsWrong, match="NEO4J_URI is wrong: it is no address of a database: write bolt://"):
        read_settings()


@pytest.mark.parametrize("uri", ["bolt://h", "bolt://[::1]:7687", "neo4j+s://x.databases.neo4j.io", "bolt+ssc://h:1"])
def test_an_address(monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    assert read_settings().neo4j_uri == uri


def test_a_password_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", "/nowhere/at/all")
    with pytest.raises(SettingsWrong, match="NEO4J_PASSWORD_FILE"):
        read_settings().password()


def test_only_our_own_names_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_settings()
    for name, value in (("HOME", "/elsewhere"), ("HOST", "0.0.0.0"), ("PORT", "1"), ("ENGINE", "neo4j")):
        monkeypatch.setenv(name, value)
    after = read_settings()
    assert (after.host, after.port, after.engine) == (before.host, before.port, before.engine)
    assert after.home.name == "conceptmap"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(path))
    monkeypatch.setenv("NEO4J_URI", "bolt://somewhere:7687")
    settings = read_settings()
    assert (settings.neo4j_uri, settings.password()) == ("bolt://somewhere:7687", "s3cret")
    assert "s3cret" not in repr(settings)
