"""Knows a load that has nothing to do: the same files with the same options, on a graph that has not changed since.

The Meta node keeps a few such loads with the revision that they left; a load that finds itself there is done, however
large its files are.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graph.connection import Graph, Writing
from loader.entries import FORMAT
from loader.lease import Lease
from loader.sources import Source

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


def known(graph: Graph, key: str, loaded: Sequence[Mapping[str, Any]]) -> Known | None:
    """The load of this key, when it would find all as it left it; `loaded` are the rows of the loaded sets."""
    whole = {row["id"]: row["checksum"] for row in loaded if row["state"] == "ready"}
    found = (one for one in _verified(graph) if one.key == key and one.sets.items() <= whole.items())
    return next(found, None)


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
