"""Makes ready what the tests of the stack need; what takes minutes is made once: `python -m tests.compose.prepare`.

The tests of the stack call it; `--end` ends the daemon that it started.
"""

import re
import sys
import time

import filelock

from tests.compose import images, machine
from tests.provide import Missing

DEFAULT = re.compile(r"\$\{(PYTHON_IMAGE|NEO4J_IMAGE|CADDY_IMAGE):-([^}]+)\}")


def prepare() -> images.Images:
    """Docker, its plugin `compose`, the images, and from them the product's. Raises Missing.

    Another that is at it is waited for.
    """
    machine.CACHE.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(machine.CACHE / "lock"):
        machine.provide_docker()
        found = images.provide(wanted())
        machine.provide_compose()
        images.build_ours(found)
    return found


def wanted() -> images.Images:
    """The images that docker-compose.yml names."""
    names = dict(DEFAULT.findall((machine.ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    return images.Images(names["PYTHON_IMAGE"], names["NEO4J_IMAGE"], names["CADDY_IMAGE"])


def main(arguments: list[str]) -> int:
    """Prepare, or end."""
    if arguments == ["--end"]:
        machine.stop()
        return 0
    started = time.monotonic()
    try:
        print(f"{prepare()}, {time.monotonic() - started:.0f} s")
    except Missing as error:
        print(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
