"""How long `conceptmap demo` takes from its start to a map that answers: `python -m bench.start [RUNS]`.

Each run is a process of its own. The first has an empty data folder (database and term sets are made), the
others find them there. The limit is 6 s; the figures are seconds of wall time.
"""

import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

LIMIT = 6.0


def main(runs: int) -> None:
    """Print a line a run, and whether the slowest keeps the limit."""
    with tempfile.TemporaryDirectory() as home:
        times = [_start(home) for _ in range(runs)]
    for number, seconds in enumerate(times):
        print(f"{'cold' if number == 0 else 'warm'} {seconds:5.2f} s")
    print(f"slowest {max(times):.2f} s, limit {LIMIT:.0f} s: {'kept' if max(times) <= LIMIT else 'NOT kept'}")


def _start(home: str) -> float:
    started = time.monotonic()
    command = [sys.executable, "-m", "conceptmap", "demo", "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment(home)) as process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if "The map is at" in line)
            _wait(line.split()[4] + "/readyz")
            return time.monotonic() - started
        finally:
            process.terminate()
            process.wait(20)
            time.sleep(8)  # The server goes a few seconds after its last user.


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.URLError:
            time.sleep(0.02)


def _environment(home: str) -> dict[str, str]:
    import os

    return os.environ | {"CONCEPTMAP_HOME": home}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
