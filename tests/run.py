"""Runs every test there is and lists at the end what was left out, and why: `python -m tests.run [PART …]`.

Parts: lint, unit, integration, e2e; all of them when none is named. Two run only when they are named: compose, which takes
as long as all others where its images must be built, and long, of which the others hold a sample.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.provide import in_ci

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

# Property tests with as many examples as the profile "long" of tests/conftest.py says.
LONG = ["tests/unit/test_export_lossless.py", "tests/integration/test_plan_and_effect.py"]
# About half of the time that the tests in the browser take.
WITH_THE_MAP = [
    f"tests/e2e/test_{name}.py"
    for name in (
        "console_and_keys",
        "console_results",
        "console_shelf",
        "explorer",
        "filters",
        "growing_map",
        "labels",
        "map_actions",
        "menu",
        "undo",
    )
]
PARTS: dict[str, list[list[str]]] = {
    "lint": [
        [str(BIN / "ruff"), "check", "--quiet", "."],
        [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        [str(BIN / "mypy"), "--no-error-summary"],
        [str(BIN / "lint-imports"), "--no-cache"],
    ],
    "unit": [[PYTHON, "-m", "pytest", "-q", "tests/unit"], ["node", "--test", "tests/js/"]],
    "integration": [
        [PYTHON, "-m", "pytest", "-q", "tests/integration", "-m", "not neo4j"],
        [PYTHON, "-m", "pytest", "-q", "tests/integration", "-m", "neo4j"],
    ],
    "e2e": [
        [PYTHON, "-m", "pytest", "-q", "tests/e2e", *(f"--ignore={file}" for file in WITH_THE_MAP)],
        [PYTHON, "-m", "pytest", "-q", *WITH_THE_MAP],
    ],
    "compose": [[PYTHON, "-m", "pytest", "-q", "tests/compose"]],
    "long": [
        [PYTHON, "-m", "pytest", "-q", "--hypothesis-profile=long", *LONG, "-m", "not neo4j"],
        [PYTHON, "-m", "pytest", "-q", "--hypothesis-profile=long", *LONG, "-m", "neo4j"],
        [PYTHON, "-m", "tests.fuzz"],
    ],
}
ONLY_NAMED = {"long", "compose"}
# Two commands of these parts run at once, in their order, for they wait more than they work; what they print comes one
# after the other.
# Not those of the stack: Docker's networks come and go, and each time Chromium breaks off what it loads.
AT_ONCE = {"unit", "integration", "e2e"}


def main(parts: list[str]) -> int:
    """Run the parts; the exit code is 0 when all that ran is well."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"Unknown part {unknown[0]!r}: use {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    failed: list[str] = []
    with tempfile.NamedTemporaryFile("r", suffix=".left-out") as note:
        # Commands are started by the hundred: Python keeps what it compiled for the first, as it does for whoever installs.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"CONCEPTMAP_LEFT_OUT": note.name, "PYTHONPATH": str(ROOT)}
        left_out: list[str] = []
        parts = parts or [part for part in PARTS if part not in ONLY_NAMED]
        for group in _groups(parts):
            started = time.monotonic()
            title = " and ".join(group)
            print(f"\n== {title}", flush=True)
            commands = [(part, command) for part in group for command in PARTS[part]]
            here = [(part, command) for part, command in commands if shutil.which(command[0])]
            left_out += [f"{' '.join(one[1])}: {one[1][0]} is not installed" for one in commands if one not in here]
            run = _at_once if AT_ONCE.issuperset(group) else _one_by_one
            codes = run([command for _, command in here], environment)
            names = (f"{part}: {Path(command[0]).name} {' '.join(command[1:])}" for part, command in here)
            failed += [name for name, code in zip(names, codes, strict=True) if code]
            print(f"== {title}: {time.monotonic() - started:.0f} s", flush=True)
        if "compose" in parts:
            subprocess.run([PYTHON, "-m", "tests.compose.prepare", "--end"], cwd=ROOT, env=environment, check=False)
        left_out += sorted(set(note.read().splitlines()))
    return _summary(failed, left_out)


def _one_by_one(commands: list[list[str]], environment: dict[str, str]) -> list[int]:
    return [subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode for command in commands]


def _groups(parts: list[str]) -> list[list[str]]:
    """Parts that follow one another and may run at once are one group."""
    found: list[list[str]] = []
    for part in parts:
        if found and AT_ONCE.issuperset([*found[-1], part]):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _at_once(commands: list[list[str]], environment: dict[str, str]) -> list[int]:
    def run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(run, commands))
    for one in ended:
        print(one.stdout.decode("utf-8", "replace"), flush=True)
    return [one.returncode for one in ended]


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
