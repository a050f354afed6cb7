"""The first minute on a machine that lacks something: one sentence with the remedy."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(folder: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run our Makefile in a folder that has no environment yet."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    environment = os.environ | ({"PATH": path} if path else {})
    return subprocess.run(
        [shutil.which("make") or "make", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_help_lists_the_targets(tmp_path: Path) -> None:
    result = make(tmp_path, "help")
    for target in ("install", "demo", "test", "test-long", "lint"):
        assert f"make {target}" in result.stdout


def test_no_python_that_is_new_enough(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "bash", "sed", "awk", "echo"):
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    result = make(tmp_path, "install", path=str(tools))
    assert result.returncode != 0
    assert "conceptmap needs Python 3.11 or later: install it" in result.stdout
    assert not (tmp_path / ".venv").exists()


def test_a_python_without_venv(tmp_path: Path) -> None:
    bare = tmp_path / "bare-python"
    bare.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    bare.chmod(0o755)
    result = make(tmp_path, "install", f"PYTHON={bare}")
    assert result.returncode != 0
    assert "lacks its venv module" in result.stdout
    assert "apt install python3-venv" in result.stdout
