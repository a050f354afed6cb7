"""The command line where no server is needed: usage, help, exit codes, sentences."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

import conceptmap
from loader import printing

ROOT = Path(__file__).parent.parent.parent
COMMANDS = ("demo", "check", "load", "unload", "sets", "status", "query", "export", "suggest", "explore")


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CONCEPTMAP_"))}
    command = [sys.executable, "-m", "conceptmap", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=kept | more, timeout=60)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str) -> None:
    result = CliRunner().invoke(conceptmap.app, [command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output


@pytest.mark.parametrize(
    "arguments", [["load"], ["nonsense"], ["query"], ["check"], ["unload"], ["check", "--explain", "nix"]]
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(conceptmap.app, arguments).exit_code == 2


def test_a_wrong_setting_is_exit_code_2() -> None:
    wrong = run("sets", CONCEPTMAP_PORT="many")
    assert (wrong.returncode, "CONCEPTMAP_PORT is wrong" in wrong.stderr) == (2, True)


def test_no_server_is_exit_code_3_and_one_sentence() -> None:
    result = run("sets", NEO4J_URI="bolt://127.0.0.1:1", NEO4J_PASSWORD="x")
    assert result.returncode == 3
    assert (
        result.stderr
        == "Error: No database answers at bolt://127.0.0.1:1: start the server there, or correct NEO4J_URI.\n"
    )
    assert "Traceback" in run("--debug", "sets", NEO4J_URI="bolt://127.0.0.1:1", NEO4J_PASSWORD="x").stderr


def test_an_address_that_is_none_is_exit_code_2() -> None:
    wrong = run("sets", NEO4J_URI="http://localhost:7474", NEO4J_PASSWORD="x")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Error: NEO4J_URI is wrong: it is no address of a database")


@pytest.mark.parametrize(
    "arguments",
    [["query", "-"], ["query", "RETURN $n", "-p", "n=" + "9" * 5000], ["query", "RETURN $n", "-p", "n=" + "[" * 10**5]],
)
def test_what_cannot_be_read_is_wrong_usage(arguments: list[str]) -> None:
    result = CliRunner().invoke(conceptmap.app, arguments, input=b"RETURN '\xe9'")
    assert (result.exit_code, "cannot be read" in result.output) == (2, True), result.output


@pytest.mark.skipif(os.name != "posix", reason="closes standard input and output as a POSIX shell does")
def test_a_reader_that_has_seen_enough_is_no_failure_and_a_closed_input_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("terms:\n- {name: A, definition: d}\n", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "conceptmap", "check"]
    piped = subprocess.run([*command, str(path)], stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, timeout=60)
    os.close(writing)
    assert (piped.returncode, piped.stderr) == (0, b"")
    closed = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *command, "-"], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert (closed.returncode, "Standard input is closed" in closed.stderr) == (1, True)


def test_checking_needs_no_server(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("terms:\n- {name: A, definition: d, related: [B]}\n- {name: B, definition: e}\n", encoding="utf-8")
    good = run("check", str(path), NEO4J_URI="bolt://127.0.0.1:1")
    assert (good.returncode, good.stdout) == (0, "1 set, 2 terms, 1 relation: no errors.\n")
    explained = run("check", "--explain", "bad-id")
    assert explained.stdout.startswith("An id stands in links")


def test_columns_are_mapped_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Begriff;Erklärung\nA;a\n", encoding="utf-8")
    runner = CliRunner()
    assert runner.invoke(conceptmap.app, ["check", str(path)]).exit_code == 1
    mapped = ["check", str(path), "--map", "Begriff=name", "--map", "erklärung=definition"]
    assert runner.invoke(conceptmap.app, mapped).exit_code == 0
    assert runner.invoke(conceptmap.app, ["suggest", *mapped[1:]]).exit_code == 0
    assert runner.invoke(conceptmap.app, ["check", str(path), "--map", "Begriff=nam"]).exit_code == 2


def test_standard_input_has_the_format_that_is_said() -> None:
    runner = CliRunner()
    given = runner.invoke(conceptmap.app, ["check", "-", "--from", "csv"], input="name,definition\nA,The first.\n")
    assert (given.exit_code, given.output) == (0, "1 set, 1 term, 0 relations: no errors.\n")
    assert runner.invoke(conceptmap.app, ["check", "-", "--from", "nix"]).exit_code == 2


def test_missing_links_of_files_need_no_server(tmp_path: Path) -> None:
    path = tmp_path / "greek.yaml"
    path.write_text(
        "terms:\n- {name: Alpha, definition: Before Beta.}\n- {name: Beta, definition: b}\n", encoding="utf-8"
    )
    done = run("suggest", str(path), NEO4J_URI="bolt://127.0.0.1:1")
    expected = "# Set greek:\n  - name: Alpha\n    related:\n      # 0.50 “Before Beta.”\n      - Beta\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")

    def suggest(*more: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(conceptmap.app, ["suggest", str(path), *more])
        return result.exit_code, result.stdout, result.stderr

    rows = "set,id,to,name,to_name,score,sentence\ngreek,alpha,beta,Alpha,Beta,0.5,Before Beta.\n"
    assert suggest("--format", "csv") == (0, rows, "")
    noise = "1 mention below the score 0.6 left out; say --min-score for a lower one.\n"
    assert suggest("--min-score", "0.6") == (0, "# No missing links.\n", noise)
    unknown = "Error: There is no set 'latin': name one of these: greek.\n"
    assert suggest("--set", "latin") == (1, "", unknown)
    path.write_text("terms:\n- {nam: Alpha}\n", encoding="utf-8")
    code, printed, told = suggest()
    assert (code, printed, "unknown-key" in told) == (1, "", True), told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_is_full_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("terms:\n- {name: A, definition: d}\n", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "conceptmap", "check", str(path)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, timeout=60)
    expected = "Error: The output cannot be written (no space left on device): make room, or send it elsewhere."
    assert (result.returncode, result.stderr.splitlines()[-1]) == (1, expected)


def test_an_address_that_is_not_ours_is_one_sentence() -> None:
    from explorer.serve import free_door

    with pytest.raises(OSError, match=r"assign|available"):
        free_door("192.0.2.1", 8050)


@pytest.mark.skipif(os.name != "posix", reason="the test ends a process by a signal")
def test_ctrl_c_while_python_imports_is_one_sentence(tmp_path: Path) -> None:
    """The slowest of imports, at the very head of the front door, started as the installed command starts."""
    marker = tmp_path / "marker"
    slow = f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(60)"
    (tmp_path / "typer.py").write_text(slow, encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["conceptmap"].partition(":")
    command = [sys.executable, "-c", f"from {module} import {function}; {function}()", "sets"]
    kept = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    with subprocess.Popen(command, cwd=tmp_path, env=kept, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 30
        while not marker.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[1]
    assert (process.returncode, told) == (130, "Stopped.\n")


LONG_ID = "a-set-with-" + "a-long-id-" * 9


@pytest.mark.parametrize("terminal", [True, False])
def test_an_id_in_a_table_stays_on_one_line(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TTY_COMPATIBLE", "1" if terminal else "0")
    title = "A title of many words " * 5
    printing.table(("id", "title"), [[LONG_ID, title]], printing.Output.TABLE, unbroken=["id"])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert LONG_ID in lines[2]
    assert (title.strip() in lines[2]) is not terminal
