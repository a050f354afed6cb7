"""Several explorers on one graph: each answers for all."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.connection import Graph
from tests.integration.served import Serve, serving
from tests.integration.test_asking import ENDLESS, running, until
from tests.integration.test_load import Write, load

MARK = "0123456789abcdef01234567"


@pytest.fixture
def serve(graph: Graph, write_file: Write, tmp_path: Path) -> Iterator[Serve]:
    load(graph, write_file("greek.yaml", "set: greek\nterms:\n- {name: Alpha, definition: The first.}\n"))
    with serving(graph, tmp_path) as serve:
        yield serve


def test_a_query_that_one_explorer_began_is_stopped_by_another(graph: Graph, serve: Serve) -> None:
    one, other = serve(CONCEPTMAP_QUERY_TIMEOUT="60"), serve()
    asked = json.dumps({"id": MARK, "text": ENDLESS, "parameters": []})
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(one.ask, "/_query", "POST", asked, Content__Type="application/json")
        until(lambda: bool(running(graph)), 20)
        began = time.monotonic()
        stop = json.dumps({"id": MARK})
        assert other.ask("/_query/stop", "POST", stop, Content__Type="application/json")[0] == 200
        status, _, text = answer.result(20)
    assert time.monotonic() - began < 10
    assert (status, json.loads(text)["message"]) == (409, "The query was stopped.")
    until(lambda: not running(graph))
