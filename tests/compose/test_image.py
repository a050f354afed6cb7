"""What is in the image and in its containers, as somebody sees it who looks for a way in."""

import hashlib
import json
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.compose.images import OURS, Images, build_ours
from tests.compose.machine import environment, run
from tests.compose.stack import Stack

LARGEST = 350_000_000
# What is in the image, as the user of the image sees it: files that run as somebody else, places to write to.
LOOK = r"""
import os
for top, folders, files in os.walk('/'):
    if top.startswith(('/proc', '/sys', '/dev')):
        folders.clear()
        continue
    for path in [os.path.join(top, name) for name in ['', *files]]:
        if os.path.islink(path):
            continue
        mode = os.lstat(path).st_mode
        if mode & 0o6000 and not os.path.isdir(path):
            print('setuid', path)
        if os.access(path, os.W_OK):
            print('writable', path)
"""


def test_it_is_small_and_not_root(image: str) -> None:
    told = json.loads(run(["docker", "image", "inspect", image]).stdout)[0]
    print(f"\nthe image: {told['Size'] / 1e6:.0f} MB")
    assert told["Size"] < LARGEST
    assert told["Config"]["User"] == "10001:10001"
    assert told["Config"]["Labels"]["org.opencontainers.image.title"] == "conceptmap"


def test_nobody_can_write_or_become_somebody_else(stack: Stack) -> None:
    """In a running explorer only /tmp takes files, and no program has another owner's rights."""
    found = stack.compose("exec", "-T", "explorer", "python", "-c", LOOK).stdout.split("\n")
    assert {line for line in found if line and not line.startswith("writable /tmp")} == set()
    for service in ("explorer", "neo4j"):
        told = stack.inspect(service)["HostConfig"]
        assert told["ReadonlyRootfs"]
        assert told["CapDrop"] == ["ALL"]
        assert "no-new-privileges:true" in told["SecurityOpt"]
    for tool in ("pip", "apt-get", "curl", "wget"):
        assert stack.compose("exec", "-T", "explorer", "sh", "-c", f"command -v {tool}", check=False).returncode


def test_secrets_are_in_their_files_alone(stack: Stack) -> None:
    """Neither in what Docker tells nor in an environment; each file has only the readers that need it."""
    secret = stack.compose("exec", "-T", "explorer", "cat", "/secrets/neo4j-password").stdout.strip()
    key = stack.compose("exec", "-T", "explorer", "cat", "/secrets/session.key").stdout.strip()
    assert len(secret) >= 24
    told = [
        json.dumps([stack.inspect(service) for service in ("init", "neo4j", "loader", "explorer")]),
        run(["docker", "history", "--no-trunc", OURS]).stdout,
        stack.compose("config").stdout,
        stack.compose("logs").stdout,
        *(stack.compose("exec", "-T", service, "env").stdout for service in ("neo4j", "explorer")),
    ]
    assert [text for text in told if secret in text or key in text] == []
    assert stack.compose("exec", "-T", "neo4j", "cat", "/secrets/neo4j-auth").stdout.strip() == f"neo4j/{secret}"
    for name in ("session.key", "neo4j-password"):
        assert stack.compose("exec", "-T", "neo4j", "cat", f"/secrets/{name}", check=False).returncode
    modes = stack.compose("exec", "-T", "explorer", "stat", "-c", "%n %U:%G %a", "/secrets", *_files(stack)).stdout
    assert {line.rsplit(" ", 1)[1] for line in modes.splitlines()} == {"750", "400", "440"}


def _files(stack: Stack) -> list[str]:
    return [f"/secrets/{name}" for name in stack.compose("exec", "-T", "explorer", "ls", "/secrets").stdout.split()]


def test_two_builds_hold_the_same_files(images: Images, image: str, tmp_path: Path) -> None:
    build_ours(images, "conceptmap-test/conceptmap:again", "--no-cache")
    first, second = (_manifest(name, tmp_path) for name in (image, "conceptmap-test/conceptmap:again"))
    run(["docker", "image", "rm", "conceptmap-test/conceptmap:again"])
    assert len(first) > 3000
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()


def _manifest(image: str, folder: Path) -> dict[str, tuple[object, ...]]:
    """Each file with its owner, mode, time and content; folders of the base have the time of the build."""
    container = run(["docker", "create", image]).stdout.strip()
    archive = folder / "image.tar"
    try:
        run(["docker", "export", "--output", archive, container])
    finally:
        run(["docker", "rm", container])
    found: dict[str, tuple[object, ...]] = {}
    with tarfile.open(archive) as files:
        for one in files:
            if one.name in (".dockerenv", "etc/hostname", "etc/hosts", "etc/resolv.conf") or one.name.startswith("dev"):
                continue
            content = files.extractfile(one) if one.isfile() else None
            digest = hashlib.sha256(content.read()).hexdigest() if content else one.linkname
            time = one.mtime if one.isfile() else 0
            found[one.name] = (one.uid, one.gid, one.mode, one.type, time, digest)
    archive.unlink()
    return found


@pytest.mark.parametrize("words", [["status"], ["load", "/app/data"]])
def test_without_a_database_it_says_what_to_do(image: str, words: list[str]) -> None:
    """The image holds no database of its own: one sentence, and no traceback."""
    ended: subprocess.CompletedProcess[str] = run(["docker", "run", "--rm", image, *words], check=False)
    assert ended.returncode == 3
    assert ended.stderr.strip().count("\n") == 0
    assert "set NEO4J_URI" in ended.stderr
    assert environment() is not None
