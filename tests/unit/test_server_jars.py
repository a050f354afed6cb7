"""Neo4j's list of jars, and what a download does with right and wrong files, without a network."""

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from graph.errors import ServerStartFailed
from graph.server import jars

CONTENT = b"a jar"
GOOD = jars.Jar("org.example", "good", "1.0", "", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


class Maven:
    """Stands in for jgo's context: every file holds the same content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def project(self, group: str, artifact: str) -> Any:
        def resolve() -> Path:
            if artifact == "absent":
                raise RuntimeError("not found\nin any repository")
            (self.folder / artifact).write_bytes(CONTENT)
            return self.folder / artifact

        got = SimpleNamespace(resolve=resolve)
        return SimpleNamespace(at_version=lambda version: SimpleNamespace(artifact=lambda classifier, packaging: got))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(jars, "repository", lambda: tmp_path / "cache")
    monkeypatch.setattr(jars, "_maven", Maven)
    monkeypatch.setattr(jars, "find_spec", lambda name: object())
    return tmp_path / "cache"


def use(monkeypatch: pytest.MonkeyPatch, *wanted: jars.Jar) -> None:
    monkeypatch.setattr(jars, "listed", lambda: wanted)


def test_the_list_names_every_jar_once_with_its_checksum() -> None:
    listed = jars.listed()
    assert len({jar.path for jar in listed}) == len(listed) > 200
    assert {f"{jar.group}:{jar.artifact}" for jar in listed} >= set(jars.ROOTS)
    assert all(jar.version == jars.VERSION for jar in listed if jar.group == "org.neo4j" and jar.artifact == "neo4j")
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in listed)


def test_a_line_is_a_coordinate_a_checksum_and_a_size() -> None:
    plain, native = jars.parse("# comment\n\na.b:c:1.0 00ff 12\na.b:c:1.0:linux-x86_64 00ff 13\n")
    assert plain == jars.Jar("a.b", "c", "1.0", "", "00ff", 12)
    assert plain.path == Path("a/b/c/1.0/c-1.0.jar")
    assert native.path == Path("a/b/c/1.0/c-1.0-linux-x86_64.jar")


def test_the_licence_is_said_before_the_first_download_and_never_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, GOOD)
    said: list[str] = []
    jars.provide(said.append)
    assert "GPLv3" in said[0]
    assert "1 files, 0 MB" in said[0]
    assert (cache / GOOD.path).read_bytes() == CONTENT
    jars.provide(lambda text: pytest.fail(text))
    assert not list(cache.glob("draft-*"))


def test_a_file_that_is_not_the_published_one_is_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, jars.Jar("org.example", "bad", "1.0", "", "0" * 64, 5))
    with pytest.raises(ServerStartFailed, match=r"bad-1\.0\.jar is not the one that was published"):
        jars.provide(lambda text: None)
    assert not list(cache.rglob("*.jar"))


def test_a_failed_download_is_one_sentence_and_keeps_what_it_has(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = jars.Jar("org.example", "absent", "1.0", "", "0" * 64, 5)
    use(monkeypatch, GOOD, absent)
    with pytest.raises(ServerStartFailed, match="could not be downloaded") as caught:
        jars.provide(lambda text: None)
    assert "\n" not in str(caught.value)
    assert jars.missing() in ([absent], [GOOD, absent])


def test_a_file_cut_short_is_missing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, GOOD)
    (cache / GOOD.path).parent.mkdir(parents=True)
    (cache / GOOD.path).write_bytes(CONTENT[:2])
    assert jars.missing() == [GOOD]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jars, "find_spec", lambda name: None)
    with pytest.raises(ServerStartFailed, match=r"pip install 'conceptmap\[neo4j\]'"):
        jars.provide(lambda text: None)
