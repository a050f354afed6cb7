"""The integration tests on a Neo4j in a container, as they run wherever Docker gives one."""

import sys

from tests.compose.images import Images
from tests.compose.machine import run

FEW = ["tests/integration/test_ogm.py", "tests/integration/test_plan_and_effect.py"]


def test_integration_tests_run_on_a_container(images: Images) -> None:
    variables = {"NEO4J_IMAGE": images.neo4j, "TESTCONTAINERS_RYUK_DISABLED": "true"}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "neo4j", *FEW]
    ended = run(command, seconds=400, env=variables)
    print(ended.stdout[-300:])
    assert "passed" in ended.stdout
    assert "skipped" not in ended.stdout
