"""The wheel carries all that the clone has: the demo runs from it, in an empty folder."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.e2e.conftest import ROOT, environment


def test_the_demo_runs_from_the_wheel(tmp_path: Path) -> None:
    dist, site, empty, home = (tmp_path / name for name in ("dist", "site", "empty", "home"))
    empty.mkdir()
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(dist)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    zipfile.ZipFile(next(dist.glob("*.whl"))).extractall(site)
    page = {path.name for path in (site / "explorer" / "page_export").iterdir()}
    assert page == {path.name for path in (ROOT / "explorer" / "page_export").iterdir() if path.is_file()}
    variables = environment(home) | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-P", "-m", "conceptmap", "demo", "--no-open", "--port", "0"]
    with subprocess.Popen(command, cwd=empty, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "The map is at" in line:
                break
        process.terminate()
        process.wait(20)
    assert any(line.startswith("ai: 147 added") for line in lines), lines
    assert "The map is at" in lines[-1]
    assert list(empty.iterdir()) == []
