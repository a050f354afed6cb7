"""The ten questions of docs/cypher.md have the answers that stand there, on both engines."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import conceptmap
from graph.connection import Graph
from loader import run
from loader.report import Options
from tests.conftest import wipe
from tests.integration.processes import environment

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"```console\n\$ conceptmap (query .+)\n((?:.*\n)*?)```")
QUESTIONS = BLOCK.findall((ROOT / "docs" / "cypher.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shipped(shared_graph: Graph) -> Iterator[Graph]:
    wipe(shared_graph)
    run.load(shared_graph, [str(ROOT / "data")], Options())
    yield shared_graph
    wipe(shared_graph)


def test_there_are_ten() -> None:
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize(("line", "answer"), QUESTIONS, ids=[line for line, _ in QUESTIONS])
def test_a_question_has_the_answer_that_stands_there(shipped: Graph, line: str, answer: str) -> None:
    result = CliRunner().invoke(conceptmap.app, shlex.split(line), env=environment(shipped))
    assert result.exit_code == 0, result.output
    said = "\n".join(one.rstrip() for one in result.stdout.splitlines())
    assert said.strip("\n") == answer.strip("\n")
