"""Runs every test there is and lists at the end what was left out, and why: `python -m tests.run [PART …]`.

Parts: lint, unit, integration, compose, e2e; all of them when none is named. One runs only when it is named: long, of
which the others hold a sample.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.provide import in_ci

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

# Property tests with as many examples as the profile "long" of tests/conftest.py says.
LONG = ["tests/unit/test_export_lossless.py", "tests/integration/test_plan_and_effect.py"]
# Files that take about half of the time.
HALF_OF_E2E = [
    f"tests/e2e/test_{name}.py"
    for name in (
        "console_and_keys",
        "console_behind",
        "console_results",
        "console_shelf",
        "explorer",
        "filters",
        "growing_map",
        "labels",
        "login",
        "map_actions",
        "memory",
        "menu",
        "search",
        "undo",
    )
]
HALF_OF_ARCADEDB = [
    f"tests/integration/test_{name}.py"
    for name in ("again", "commands", "export", "killed_jobs", "load", "progress", "stopping", "survival", "watching")
]
PYTEST = [PYTHON, "-m", "pytest", "-q"]
Command = tuple[str, list[str]]
# Each wave is what may run at once: two commands at a time, for they wait more than they work, in an order in which both
# are busy to the end; what they print comes one after the other. The tests in the browser are not beside those of the
# stack: Docker's networks come and go, and each time Chromium breaks off what it loads.
WAVES: list[list[Command]] = [
    [
        ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
        ("lint", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
        ("lint", [str(BIN / "mypy"), "--no-error-summary"]),
        ("lint", [str(BIN / "lint-imports"), "--no-cache"]),
        ("lint", [str(BIN / "hadolint"), "Dockerfile"]),
    ],
    [
        ("integration", [*PYTEST, "tests/integration", "-m", "neo4j"]),
        ("integration", [*PYTEST, *HALF_OF_ARCADEDB, "-m", "not neo4j"]),
        (
            "integration",
            [*PYTEST, "tests/integration", *(f"--ignore={file}" for file in HALF_OF_ARCADEDB), "-m", "not neo4j"],
        ),
        ("compose", [*PYTEST, "tests/compose"]),
        ("unit", [*PYTEST, "tests/unit"]),
        ("unit", ["node", "--test", "tests/js/"]),
    ],
    [
        ("e2e", [*PYTEST, "tests/e2e", *(f"--ignore={file}" for file in HALF_OF_E2E)]),
        ("e2e", [*PYTEST, *HALF_OF_E2E]),
    ],
]
WHEN_NAMED: list[list[Command]] = [
    [
        ("long", [*PYTEST, "--hypothesis-profile=long", *LONG, "-m", "not neo4j"]),
        ("long", [*PYTEST, "--hypothesis-profile=long", *LONG, "-m", "neo4j"]),
        ("long", [PYTHON, "-m", "tests.fuzz"]),
    ]
]


def main(parts: list[str]) -> int:
    """Run the parts; the exit code is 0 when all that ran is well."""
    known = list(dict.fromkeys(part for wave in [*WAVES, *WHEN_NAMED] for part, _ in wave))
    if unknown := [part for part in parts if part not in known]:
        print(f"Unknown part {unknown[0]!r}: use {', '.join(known)}.", file=sys.stderr)
        return 2
    waves = [[one for one in wave if one[0] in parts] for wave in [*WAVES, *WHEN_NAMED]] if parts else WAVES
    failed: list[str] = []
    left_out: list[str] = []
    with tempfile.NamedTemporaryFile("r", suffix=".left-out") as note:
        # Commands are started by the hundred: Python keeps what it compiled for the first, as it does for whoever installs.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"CONCEPTMAP_LEFT_OUT": note.name, "PYTHONPATH": str(ROOT)}
        with _stack(environment) if "compose" in parts or not parts else nullcontext():
            for wave in filter(None, waves):
                _run(wave, environment, failed, left_out)
        left_out += sorted(set(note.read().splitlines()))
    return _summary(failed, left_out)


def _run(wave: list[Command], environment: dict[str, str], failed: list[str], left_out: list[str]) -> None:
    """Run what may run at once; add to the lists what failed, and what no program is here for."""
    started = time.monotonic()
    title = " and ".join(dict.fromkeys(part for part, _ in wave))
    print(f"\n== {title}", flush=True)
    here = [one for one in wave if shutil.which(one[1][0])]
    left_out += [f"{' '.join(one[1])}: {one[1][0]} is not installed" for one in wave if one not in here]
    codes = _at_once([command for _, command in here], environment)
    names = (f"{part}: {Path(command[0]).name} {' '.join(command[1:])}" for part, command in here)
    failed += [name for name, code in zip(names, codes, strict=True) if code]
    print(f"== {title}: {time.monotonic() - started:.0f} s", flush=True)


@contextmanager
def _stack(environment: dict[str, str]) -> Iterator[None]:
    """While other tests run, what the stack is made of is made ready, and gives way to them; at the end Docker ends."""
    prepare = [PYTHON, "-m", "tests.compose.prepare"]
    with tempfile.TemporaryFile() as told:
        ahead = subprocess.Popen(["nice", *prepare], cwd=ROOT, env=environment, stdout=told, stderr=told)
        try:
            yield
        finally:
            ahead.wait()
            subprocess.run([*prepare, "--end"], cwd=ROOT, env=environment, check=False)
            told.seek(0)
            print(f"\nFor the tests of the stack: {told.read().decode('utf-8', 'replace')}", end="", flush=True)


def _at_once(commands: list[list[str]], environment: dict[str, str]) -> list[int]:
    def run(command: list[str]) -> tuple[subprocess.CompletedProcess[bytes], float]:
        started = time.monotonic()
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return ended, time.monotonic() - started

    with ThreadPoolExecutor(2) as pool:
        for ended, seconds in (found := list(pool.map(run, commands))):
            print(ended.stdout.decode("utf-8", "replace"), f"({seconds:.0f} s)", flush=True)
    return [ended.returncode for ended, _ in found]


def _summary(failed: list[str], left_out: list[str]) -> int:
    print()
    for line in left_out:
        print(f"Left out: {line}")
    for line in failed:
        print(f"FAILED: {line}")
    if not failed:
        print("All tests that ran passed." if left_out else "All tests passed; nothing was left out.")
    return 1 if failed or (in_ci() and left_out) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
