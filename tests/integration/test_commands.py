"""The command line as a person uses it: real processes, a real server, exit codes and sentences."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import schema
from graph.connection import Graph
from tests.integration.test_asking import until
from tests.integration.test_attacks import running

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parent.parent.parent
GREEK = (
    "set: greek\ntitle: Greek\nterms:\n- {name: Alpha, definition: a, related: [Beta]}\n- {name: Beta, definition: b}\n"
)


@pytest.fixture
def run(graph: Graph, tmp_path: Path) -> Run:
    """Run a command against the same server as the test's graph."""
    environment = _environment(graph)

    def run(
        *arguments: str, stdin: str = "", through: tuple[str, ...] = (), **more: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*through, sys.executable, "-m", "conceptmap", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment | more,
            timeout=120,
        )

    return run


@pytest.fixture
def start(graph: Graph, tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Start a command against the same server, its stderr in a file, and end it after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> "subprocess.Popen[bytes]":
        with (tmp_path / "stderr").open("wb") as stderr:
            command = [sys.executable, "-m", "conceptmap", *arguments]
            process = subprocess.Popen(
                command, env=_environment(graph), cwd=tmp_path, stderr=stderr, stdout=subprocess.DEVNULL
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def _environment(graph: Graph) -> dict[str, str]:
    user, password = graph.accounts.writer
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    if graph.accounts.bundled:
        environment |= {"CONCEPTMAP_HOME": str(graph.settings.home), "CONCEPTMAP_ENGINE": graph.settings.engine}
    else:
        environment |= {"NEO4J_URI": graph.accounts.uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
    return environment | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}


def test_load_list_ask_and_take_away(run: Run, write_file: Callable[[str, str], str]) -> None:
    path = write_file("greek.yaml", GREEK)
    loaded = run("load", path)
    assert (loaded.returncode, loaded.stdout) == (0, "greek: 2 added (1 relation in the file).\n"), loaded.stderr
    assert "nothing to do, all 2 terms are as in the file" in run("load", path).stdout
    sets = json.loads(run("sets", "--format", "json").stdout)
    assert [(row["id"], row["title"], row["size"], row["state"]) for row in sets] == [("greek", "Greek", 2, "ready")]
    asked = run("query", "MATCH (a:Term)-[r:RELATED_TO]->(b:Term) RETURN a.name, r.kind, b.name", "--format", "csv")
    assert asked.stdout == "a.name,r.kind,b.name\nAlpha,related,Beta\n"
    status = dict(row.values() for row in json.loads(run("status", "--format", "json").stdout))
    assert (status["terms"], status["relations"], status["sets"], status["writing"]) == ("2", "1", "1", "nobody")
    assert run("unload", "greek").returncode == 0
    assert run("sets").stdout.strip() == "No rows."
    again = run("unload", "greek")
    assert again.returncode == 1
    assert "No set 'greek' is loaded" in again.stderr


def test_standard_input_and_parameters(run: Run) -> None:
    assert run("load", "-", stdin=GREEK).returncode == 0
    asked = run(
        "query", "-", "--param", "n=2", "--param", "word=x", "--format", "json", stdin="RETURN $n AS n, $word AS word"
    )
    assert json.loads(asked.stdout) == [{"n": 2, "word": "x"}]


def test_problems_are_lines_and_exit_code_1(run: Run, write_file: Callable[[str, str], str]) -> None:
    path = write_file("bad.yaml", "terms:\n- {name: X, definition: x, related: [Y]}\n- {nam: Z}\n")
    for command in ("check", "load"):
        result = run(command, path)
        assert result.returncode == 1, result.stderr
        assert f"{path}:3:4: unknown-key 'nam' is no key of a term" in result.stderr
        assert "Traceback" not in result.stderr
    assert run("query", "MATCH (t:Term) RETURN t").stdout.strip() == "No rows."


@pytest.mark.skipif(os.name != "posix", reason="runs a POSIX shell")
@pytest.mark.parametrize("output", ["csv", "table"])
def test_a_reader_of_rows_that_has_seen_enough_is_no_failure(run: Run, output: str) -> None:
    line = '{ "$@"; echo "ended with $?" >&2; } | head -1'
    text = "UNWIND range(1, 30000) AS n RETURN n"
    query = ["query", text, "--limit", "30000", "--format", output]
    result = run(*query, through=("sh", "-c", line, "sh"))
    assert (result.stderr, len(result.stdout.splitlines())) == ("ended with 0\n", 1)


def test_who_wrote_last_is_not_writing_for_ever(run: Run, graph: Graph) -> None:
    schema.install(graph)
    graph.write(lambda tx: tx.run("load/take_lease", token="t", writer="a dead one", seconds=-1))
    status = dict(row.values() for row in json.loads(run("status", "--format", "json").stdout))
    assert status["writing"] == "nobody"
    graph.write(lambda tx: tx.run("load/take_lease", token="t", writer="somebody", seconds=60))
    assert graph.read("load/state")[0]["writer"] == "somebody"


def test_a_query_that_writes_is_refused(run: Run) -> None:
    result = run("query", "CREATE (:Term {id: 'x'})")
    assert (result.returncode, "only reading is allowed" in result.stderr) == (1, True), result.stderr


def test_a_dry_run_tells_what_a_load_then_does(run: Run, write_file: Callable[[str, str], str]) -> None:
    assert run("load", write_file("greek.yaml", GREEK)).returncode == 0
    path = write_file("greek.yaml", GREEK.replace("definition: a,", "definition: The first.,").replace("Beta", "Gamma"))
    told = run("load", "--dry-run", path)
    assert told.returncode == 0, told.stderr
    assert "  + gamma\n" in told.stdout
    assert "  - beta\n" in told.stdout
    assert "  ~ alpha\n      definition: - a\n      definition: + The first.\n" in told.stdout
    assert "  ~ id" not in told.stdout
    (planned,) = json.loads(run("load", "--dry-run", "--format", "json", path).stdout)["sets"]
    assert planned["header"] == {}
    (done,) = json.loads(run("load", "--format", "json", path).stdout)["sets"]
    assert {**done, "counters": None} == planned
    assert (done["counters"]["nodes_created"], done["counters"]["nodes_deleted"]) == (1, 1)


def test_a_dry_run_tells_that_a_load_would_be_stopped(run: Run, write_file: Callable[[str, str], str]) -> None:
    def text(count: int) -> str:
        return "terms:\n" + "".join(f"- {{name: T{number}, definition: d{number}}}\n" for number in range(count))

    assert run("load", write_file("s.yaml", text(60))).returncode == 0
    path = write_file("s.yaml", text(20))
    told = run("load", "--dry-run", path)
    assert (told.returncode, told.stdout.count("  - t")) == (1, 40)
    assert "would remove 40 of the 60 terms" in told.stderr
    assert run("load", "--dry-run", "--prune", path).returncode == 0
    assert run("load", path).returncode == 1


def test_warnings_stop_a_strict_load(run: Run, write_file: Callable[[str, str], str]) -> None:
    path = write_file("s.yaml", "terms:\n- {name: X, definition: d}\n- {name: Z, definition: e}\n")
    refused = run("load", "--strict", path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"{path}:1:1: isolated-term None of the 2 terms" in refused.stderr
    assert run("sets").stdout.strip() == "No rows."
    assert run("load", path).returncode == 0
    noted = run("check", "--strict", "--format", "github", path)
    assert (noted.returncode, noted.stdout[:8]) == (1, "::error ")


def test_a_watched_file_is_loaded_when_it_is_saved(
    start: Callable[..., "subprocess.Popen[bytes]"], write_file: Callable[[str, str], str], graph: Graph, tmp_path: Path
) -> None:
    def told(word: str, times: int) -> None:
        deadline = time.monotonic() + 30
        while (tmp_path / "stderr").read_text(encoding="utf-8").count(word) < times:
            assert time.monotonic() < deadline, (tmp_path / "stderr").read_text(encoding="utf-8")
            time.sleep(0.05)

    process = start("load", "--watch", write_file("greek.yaml", GREEK))
    told("Watching", 1)
    write_file("greek.yaml", GREEK + "- {name: Broken\n")
    told("Watching", 2)
    told(": syntax ", 1)
    assert graph.read("load/counts")[0]["terms"] == 2
    write_file("greek.yaml", GREEK + "- {name: Gamma, definition: c, related: [Alpha]}\n")
    told("Watching", 3)
    assert graph.read("load/counts")[0]["terms"] == 3
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 130


def test_missing_links_of_what_is_loaded(run: Run, write_file: Callable[[str, str], str]) -> None:
    empty = run("suggest")
    assert (empty.returncode, empty.stdout) == (0, "# No missing links.\n"), empty.stderr
    path = write_file("ends.yaml", "terms:\n- {name: Omega, definition: After Alpha.}\n- {name: Psi, definition: p}\n")
    assert run("load", path, write_file("greek.yaml", GREEK)).returncode == 0
    found = run("suggest", "--set", "ends", "--format", "json")
    assert [(row["id"], row["to"]) for row in json.loads(found.stdout)] == [("omega", "alpha")], found.stderr


def test_queries_of_the_library_by_name(run: Run, write_file: Callable[[str, str], str], tmp_path: Path) -> None:
    assert run("load", write_file("greek.yaml", GREEK)).returncode == 0
    found = run("query", "most-connected", "--param", "limit=1", "--format", "csv")
    assert found.stdout.splitlines()[0] == "id,term,neighbours,importance", found.stderr
    assert found.stdout.splitlines()[1].startswith("alpha,Alpha,1,")
    drawn = run("query", "term-map", "-p", "term=alpha")
    assert "(Alpha)-[related]->(Beta)" in drawn.stdout
    rows = json.loads(run("query", "term-map", "-p", "term=alpha", "--format", "json").stdout)
    assert rows[0]["way"]["path"][1]["from"] == "alpha"
    mine = write_file(
        "mine/how-many.cypher", "// Title: How many\n// Parameter: n: integer\nMATCH (t:Term) RETURN count(t) * $n AS n"
    )
    assert (
        run("query", "how-many", "-p", "n=3", "--format", "csv", CONCEPTMAP_LIBRARY=str(Path(mine).parent)).stdout
        == "n\n6\n"
    )
    assert run("query", "--file", mine, "-p", "n=2", "--format", "csv").stdout == "n\n4\n"
    for arguments, sentence in (
        (["how-many"], "how-many needs the parameter n"),
        (["how-many", "-p", "n=many"], 'is a whole number, and "many" is not'),
        (["how-man"], "did you mean how-many?"),
    ):
        result = run("query", *arguments, CONCEPTMAP_LIBRARY=str(Path(mine).parent))
        assert (result.returncode, sentence in result.stderr) == (2, True), result.stderr


def test_limits_that_were_reached_are_told(run: Run) -> None:
    result = run("query", "UNWIND range(1, 9) AS n RETURN n", "--limit", "2", "--format", "csv")
    assert (result.returncode, result.stdout) == (0, "n\n1\n2\n")
    assert result.stderr == "The first 2 rows; there are more. Say --limit for more.\n"
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*)"
    result = run("query", slow, "--timeout", "1")
    assert (result.returncode, "time limit of 1 s" in result.stderr) == (1, True), result.stderr


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_stops_a_query_on_the_server(run: Run, graph: Graph) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*)"
    process = subprocess.Popen(
        [sys.executable, "-m", "conceptmap", "query", slow, "--timeout", "60"],
        cwd=ROOT,
        env=_environment(graph),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(lambda: bool(running(graph)), 30)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    finally:
        process.kill()
    assert (process.returncode, said) == (130, "Stopped.\n")
    until(lambda: not running(graph), 3)
