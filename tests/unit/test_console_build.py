"""The files that the console loads are what `explorer/editor` builds, and nothing in its lock names a registry."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from explorer.lazyfiles import FOLDER, NAMES
from tests import provide
from tests.conftest import missing

EDITOR = FOLDER.parent / "editor"
BUILT = (*NAMES, "LICENSES.txt")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources beside the packages that the lock names, as npm installs them."""
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(EDITOR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    try:
        provide.node_packages(folder)
    except provide.Missing as error:
        missing(str(error))
    return folder


def test_the_committed_files_are_what_the_sources_build(packages: Path, tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=packages, check=True, capture_output=True, timeout=120)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(BUILT)
    for name in BUILT:
        same = (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
        assert same, f"{name}: run `npm ci && npm run build` in explorer/editor, and commit"


def test_the_lock_has_hashes_and_no_registry() -> None:
    text = (EDITOR / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert len(packages) > 10
    for name, one in packages.items():
        assert one.get("integrity", "").startswith("sha512-"), name
        assert "resolved" not in one, name


def test_each_package_within_has_its_licence() -> None:
    text = (FOLDER / "LICENSES.txt").read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.endswith((" (MIT)", " (Apache-2.0)", " (BSD-3-Clause)"))]
    assert len(heads) == text.count("=" * 80) + 1
    for name in ("@neo4j-cypher/language-support", "@codemirror/view", "ag-grid-community"):
        assert any(head.startswith(f"{name} ") for head in heads), name
