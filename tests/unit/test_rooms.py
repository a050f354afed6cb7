"""The rules of the house that no linter knows."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PRODUCT = sorted(
    [
        ROOT / "conceptmap.py",
        *(path for room in ("cli", "graph", "loader", "explorer") for path in (ROOT / room).rglob("*.py")),
    ]
)


def test_the_front_door_imports_no_driver() -> None:
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(ast.parse((ROOT / "conceptmap.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        str(node.module).split(".")[0]
        for node in ast.walk(ast.parse((ROOT / "conceptmap.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert not names & {"neo4j", "py2neo"}


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_cypher_stands_in_python(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            assert not node.value.lstrip().startswith(("MATCH (", "MERGE (", "CREATE (", "UNWIND $", "CALL {")), (
                node.value
            )


def test_checking_a_file_imports_no_driver_and_no_web_app() -> None:
    code = "import sys, conceptmap; import loader.checking; print([n for n in ('neo4j', 'dash', 'rustworkx') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
