"""Knows a load that has nothing to do: the same files with the same options, on a graph that has not changed since.

The Meta node keeps a few such loads with the revision that they left; a load that finds itself there is done, however
large its files are.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graph.connection import Graph, Writing
from loader.entries import FORMAT, Entries
from loader.lease import Lease
from loader.model import Header
from loader.plan import SetPlan
from loader.report import Report, SetReport
from loader.sources import Source
from loader.stored import read_sets

MOST = 20


@dataclass(frozen=True)
class Known:
    """A load that left the graph as it is: its key, the checksum of each of its sets, the number of its warnings."""

    key: str
    sets: Mapping[str, str]
    warnings: int

    @property
    def json(self) -> str:
        return json.dumps({"key": self.key, "sets": self.sets, "warnings": self.warnings})


def load_key(sources: Iterable[Source], options: Collection[object]) -> str:
    """What a load depends on, apart from the graph: texts, formats, options, and the program's own version."""
    digest = hashlib.sha256(repr((_version(), FORMAT, *options)).encode())
    for source in sources:
        text = source.text.encode("utf-8", "surrogatepass")
        digest.update(repr((source.stem, source.format.value, len(text))).encode())
        digest.update(text)
    return digest.hexdigest()


def nothing_to_do(graph: Graph, key: str) -> Report | None:
    """What is told of the load of this key, when it was done before and would find all as it left it."""
    rows = {row["id"]: row for row in read_sets(graph)}
    whole = {set_id: row["checksum"] for set_id, row in rows.items() if row["state"] == "ready"}
    found = next((one for one in _verified(graph) if one.key == key and one.sets.items() <= whole.items()), None)
    if found is None:
        return None
    return Report(sets=[SetReport(_unchanged(rows[set_id])) for set_id in found.sets], known_warnings=found.warnings)


def _unchanged(row: Mapping[str, Any]) -> SetPlan:
    header = Header(id=row["id"], title=row["title"])
    return SetPlan(header, row["checksum"], Entries(), (), (), (), (), row["size"], False, False)


def remember(graph: Graph, lease: Lease, load: Known) -> None:
    """Note that this load, which has just ended, would find nothing to do."""
    others = [one for one in _verified(graph) if one.key != load.key]
    verified = [one.json for one in (*others, load)][-MOST:]

    def work(tx: Writing) -> None:
        lease.verify(tx)
        tx.run("load/put_verified", verified=verified)

    graph.write(work)


def _verified(graph: Graph) -> list[Known]:
    rows = graph.read_all("load/verified")
    return [Known(**json.loads(text)) for row in rows for text in row["verified"] or ()]


def _version() -> str:
    try:
        return version("conceptmap")
    except PackageNotFoundError:
        return ""
