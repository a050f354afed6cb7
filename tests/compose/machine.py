"""Docker on this machine: the one that is here, or in CI one that is installed and started for the tests alone.

What takes minutes to make is kept in a cache folder: the compose plugin, jars, and the daemon's own images.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import platformdirs

from tests.provide import Missing, can_install, in_ci, install

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = Path(platformdirs.user_cache_dir("conceptmap", appauthor=False)) / "compose"
SOCKET = CACHE / "docker.sock"
PIDFILE = CACHE / "dockerd.pid"
# The Debian release of which stand-ins are made and from which the plugin comes: it has the Python that the image has.
RELEASE = "trixie"
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
PLUGINS = Path.home() / ".docker" / "cli-plugins"


def run(
    command: Sequence[str | Path],
    seconds: float = 600,
    check: bool = True,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command; where it fails and must not, its last words are the error."""
    ended = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=dict(os.environ) | environment() | dict(env or {}),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    if check and ended.returncode:
        words = " ".join(str(word) for word in command)
        raise AssertionError(f"{words} ended with {ended.returncode}:\n{(ended.stdout + ended.stderr)[-4000:]}")
    return ended


def environment() -> dict[str, str]:
    """How programs find the daemon that was started for the tests; nothing where Docker was here before."""
    return {"DOCKER_HOST": f"unix://{SOCKET}"} if PIDFILE.exists() else {}


def answers() -> bool:
    """Does a daemon answer?"""
    if not shutil.which("docker"):
        return False
    try:
        return run(["docker", "info"], seconds=20, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def provide_docker() -> None:
    """A daemon that answers. Raises Missing: outside of CI nothing is installed."""
    if answers():
        return
    if not (in_ci() and can_install()):
        raise Missing("no Docker: the stack of docker-compose.yml is not run")
    if not (shutil.which("dockerd") and shutil.which("docker") and shutil.which("iptables")):
        provide("docker.io", "iptables")
    _start()


def provide(*packages: str) -> None:
    """Debian's packages. Raises Missing when they cannot be installed."""
    if not install(*packages):
        raise Missing(f"{', '.join(packages)} could not be installed: the stack of docker-compose.yml is not run")


def _start() -> None:
    """Start a daemon of our own. Its images stay for the next time; its socket is its own, so that only we see it."""
    PIDFILE.unlink(missing_ok=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ["dockerd", "--data-root", CACHE / "docker", "--exec-root", CACHE / "exec", "--group", "root"]
    with (CACHE / "dockerd.log").open("wb") as log:
        subprocess.Popen(
            [str(word) for word in (*command, "-H", f"unix://{SOCKET}", "--pidfile", PIDFILE)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            # Whoever starts it may be one that gives way to others; containers shall not.
            preexec_fn=lambda: os.setpriority(os.PRIO_PROCESS, 0, 0),
        )
    deadline = time.monotonic() + 90
    while not (PIDFILE.exists() and answers()):
        if time.monotonic() > deadline:
            raise Missing(f"dockerd did not start: {(CACHE / 'dockerd.log').read_text(errors='replace')[-500:]}")
        time.sleep(0.5)


def stop() -> None:
    """End the daemon that was started for the tests, and no other."""
    try:
        pid = int(PIDFILE.read_text(encoding="ascii"))
        os.kill(pid, signal.SIGTERM)
    except (OSError, ValueError):
        return
    deadline = time.monotonic() + 60
    while PIDFILE.exists() and time.monotonic() < deadline:
        time.sleep(0.2)


def provide_compose() -> None:
    """The plugin `docker compose`: the one that is here, else Debian's, of a release that has it. Raises Missing."""
    if run(["docker", "compose", "version"], check=False, seconds=60).returncode == 0:
        return
    if not (in_ci() and can_install()):
        raise Missing("no `docker compose`: the stack of docker-compose.yml is not run")
    kept = CACHE / f"docker-compose-{RELEASE}"
    if not kept.exists():
        _fetch_compose(kept)
    PLUGINS.mkdir(parents=True, exist_ok=True)
    link = PLUGINS / "docker-compose"
    link.unlink(missing_ok=True)
    link.symlink_to(kept)
    run(["docker", "compose", "version"], seconds=60)


def _fetch_compose(kept: Path) -> None:
    """One file out of one package; apt looks where it always looks, but in another release, and keeps nothing of it."""
    sites = run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"]).stdout
    site = next(line.split()[0] for line in sites.splitlines() if re.search(r"/debian/? [a-z]+$", line))
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        folder = Path(name)
        for part in ("parts", "lists/partial"):
            (folder / part).mkdir(parents=True)
        source = f"Types: deb\nURIs: {site}\nSuites: {RELEASE}\nComponents: main\nSigned-By: {KEYS}\n"
        (folder / "parts" / "other.sources").write_text(source, encoding="utf-8")
        places = {"Dir::Etc::sourcelist": "/dev/null", "Dir::Etc::sourceparts": folder / "parts"}
        places |= {"Dir::State::Lists": folder / "lists", "APT::Sandbox::User": "root"}
        apt = ["apt-get", "-qq", *(word for place, path in places.items() for word in ("-o", f"{place}={path}"))]
        run([*apt, "update"])
        run([*apt, "download", "docker-compose"], cwd=folder)
        run(["dpkg-deb", "--extract", next(folder.glob("docker-compose_*.deb")), folder / "whole"])
        (folder / "whole/usr/libexec/docker/cli-plugins/docker-compose").replace(kept)
