"""`python -m tests.fuzz [FORMAT …] [--count N] [--seed N] [--only ITERATION]`: see the package."""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from loader.formats import Format
from tests.fuzz import pool
from tests.fuzz.verdict import Case, examine

KEPT = Path(__file__).parent.parent.parent / ".fuzz"
COUNT, SEED = 10_000, 1
MOST_FAILURES = 20


def main(arguments: list[str]) -> int:
    """Run what is asked for; the exit code is 0 when every file ended in a clean report."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Mutated files against the loader.")
    parser.add_argument("formats", nargs="*", type=Format, metavar="FORMAT", help="default: all")
    parser.add_argument("--count", type=int, default=COUNT, help="how many files of each format")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", type=int, metavar="ITERATION", help="one iteration, which is kept, in this process")
    wanted = parser.parse_args(arguments)
    formats = wanted.formats or list(Format)
    if wanted.only is not None:
        return sum(_again(Case(format_, wanted.seed, wanted.only)) for format_ in formats)
    failed = [_run(format_, wanted.seed, wanted.count) for format_ in formats]
    return int(any(failed))


def _again(case: Case) -> bool:
    print(f"{case}: {_keep(case)}", flush=True)
    wrong = examine(case)
    print(wrong or "It ends in a clean report.")
    return wrong is not None


def _run(format_: Format, seed: int, count: int) -> bool:
    """Whether any file of the format failed."""
    started, slowest, failures, done = time.monotonic(), (0.0, 0), 0, 0
    for result in pool.run((Case(format_, seed, number) for number in range(count)), examine):
        done, slowest = done + 1, max(slowest, (result.seconds, result.job.iteration))
        if result.wrong is not None:
            failures += 1
            print("\n".join(told(result)), flush=True)
        if failures == MOST_FAILURES:
            print(f"{format_}: {MOST_FAILURES} failures are enough.")
            break
    took = time.monotonic() - started
    longest = f"the slowest, iteration {slowest[1]}, in {slowest[0]:.1f} s"
    print(f"{format_}: {done:,} files in {took:.0f} s, {longest}, {failures} failed", flush=True)
    return failures > 0


def told(result: pool.Result[Case]) -> Iterator[str]:
    """A failure in words, with what finds it again; its file is kept."""
    case = result.job
    yield f"FAILED: {case} ({_keep(case)})"
    yield f"  again: python -m tests.fuzz {case.format} --seed {case.seed} --only {case.iteration}"
    yield from (f"  {line}" for line in str(result.wrong).splitlines())


def _keep(case: Case) -> Path:
    KEPT.mkdir(exist_ok=True)
    path = KEPT / case.name
    path.write_bytes(case.raw)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
