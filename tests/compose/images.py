"""The images that the stack is made from: pulled where a registry answers, else stand-ins built here.

A stand-in comes from Debian's packages and Maven Central's jars, and behaves as the real image does in all that
docker-compose.yml asks of it: paths, users, variables, what is in a volume at first. Its tag is a hash of what it is
made of, so that it is built once.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.compose import machine
from tests.compose.machine import CACHE, RELEASE, ROOT, run

HERE = Path(__file__).parent / "standins"
CERTIFICATES = Path("/usr/local/share/ca-certificates")
NEO4J = "5.26.30"
PACKAGES = "ca-certificates,python3,python3-pip"
WASTE = ("var/cache/apt/archives", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale")
OURS = "conceptmap-test/conceptmap:local"
ROOTS = ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-slf4j-provider")


@dataclass(frozen=True)
class Images:
    """Names of images, by the variables that docker-compose.yml takes them from."""

    python: str
    neo4j: str
    caddy: str

    def variables(self) -> dict[str, str]:
        """The variables, for `docker compose` and `docker build`."""
        return {"PYTHON_IMAGE": self.python, "NEO4J_IMAGE": self.neo4j, "CADDY_IMAGE": self.caddy}


def provide(wanted: Images) -> Images:
    """The wanted images, pulled; stand-ins for those that no registry gives."""
    if all(_is_here(name) or _pulled(name) for name in wanted.variables().values()):
        return wanted
    debian = _debian()
    python = _built("python", debian)
    return Images(python, _built("neo4j", python, _jars()), _built("caddy", python))


def build(tag: str, variables: Mapping[str, str], *words: str | Path) -> None:
    """Build an image. In the machine's own network: a browser that loads a page breaks off when interfaces come and go."""
    given = [word for name, value in variables.items() for word in ("--build-arg", f"{name}={value}")]
    run(["docker", "build", "--quiet", "--network", "host", "--tag", tag, *given, *words], seconds=1200)


def build_ours(base: Images, tag: str = OURS, *words: str) -> None:
    """Build the product's image."""
    build(tag, {"PYTHON_IMAGE": base.python}, *words, ROOT)


def _is_here(name: str) -> bool:
    return run(["docker", "image", "inspect", name], check=False, seconds=60).returncode == 0


def _pulled(name: str) -> bool:
    return run(["docker", "pull", "-q", name], check=False, seconds=900).returncode == 0


def _debian() -> str:
    """The bare system, with Python."""
    tag = f"conceptmap-test/debian:{_hash([RELEASE, PACKAGES, *WASTE])}"
    if _is_here(tag):
        return tag
    if not shutil.which("debootstrap"):
        machine.provide("debootstrap")
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        root = Path(folder, "root")
        try:
            run(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", RELEASE, root], seconds=1200)
        finally:  # so that one that was ended leaves nothing of this machine in the folder that is removed
            run(["umount", "--quiet", root / "proc", root / "sys"], check=False)
        for waste in WASTE:
            shutil.rmtree(root / waste, ignore_errors=True)
        run(["sh", "-c", f"tar -C {root} -c . | docker import - {tag}"])
    return tag


def _built(name: str, base: str, extra: Path | None = None) -> str:
    """An image of `standins/NAME.Dockerfile`; `extra` is a folder that goes into it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob(f"{name}*"))]
    tag = f"conceptmap-test/{name}:{_hash([base, *texts, *_certificates(), extra.name if extra else ''])}"
    if _is_here(tag):
        return tag
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        context = Path(folder)
        for path in HERE.glob(f"{name}*"):
            shutil.copy(path, context)
        (context / "certificates").mkdir()
        for certificate in CERTIFICATES.glob("*.crt"):
            shutil.copy(certificate, context / "certificates")
        if extra:
            shutil.copytree(extra, context / "extra", copy_function=os.link)
        build(tag, {"BASE": base}, "--file", context / f"{name}.Dockerfile", context)
    return tag


def _certificates() -> list[str]:
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(CERTIFICATES.glob("*.crt"))]


def _jars() -> Path:
    """Neo4j's jars, in a folder of the cache."""
    folder = CACHE / f"neo4j-{NEO4J}"
    if folder.is_dir():
        return folder
    from graph.server.jars import _maven

    with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
        draft = Path(temporary, "jars")
        draft.mkdir()
        context = _maven(Path(temporary, "maven"))
        found = context.resolver.resolve([context.create_dependency(f"{root}:{NEO4J}") for root in ROOTS])
        for dependency in [*found[0], *(other for other in found[1] if other.scope in ("compile", "runtime"))]:
            shutil.copy(dependency.artifact.resolve(), draft)
        draft.replace(folder)
    return folder


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
