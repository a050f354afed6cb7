"""The graph's schema: constraints, indexes and the Meta node install themselves before the first write.

A database with terms but no Meta node is somebody else's, one with a newer schema version was written by a
newer conceptmap: both are refused with a sentence, and nothing in them is touched.
"""

import logging
import time
from uuid import uuid4

from graph.connection import Graph
from graph.errors import ForeignDatabase, QueryFailed, SchemaTooNew, ServerUnreachable
from graph.statements import CYPHER, names, statement

log = logging.getLogger(__name__)
SCHEMA_VERSION = 1
ATTEMPTS = 6
PAUSE_SECONDS = 0.2


def is_installed(graph: Graph) -> bool:
    """Whether the database holds a graph of ours; false when it is empty. Raises ForeignDatabase, SchemaTooNew."""
    rows = graph.read("load/state")
    if not rows:
        if graph.read("load/any_term"):
            raise ForeignDatabase(
                f"The database at {graph.where} holds Term nodes that conceptmap did not write: "
                "name another database in NEO4J_DATABASE."
            )
        return False
    version = int(rows[0]["schema_version"])
    if version > SCHEMA_VERSION:
        raise SchemaTooNew(
            f"The database at {graph.where} has schema version {version}, this conceptmap knows {SCHEMA_VERSION}: "
            "install a newer conceptmap."
        )
    return True


def install(graph: Graph) -> None:
    """Make the database ours, with every constraint and index. Safe to repeat, and for several at once."""
    for attempt in range(1, ATTEMPTS + 1):
        if is_installed(graph):
            return
        try:
            _install(graph)
            return
        except (QueryFailed, ServerUnreachable):
            # Servers refuse one of two who make the same thing at once, `IF NOT EXISTS` and MERGE notwithstanding.
            if attempt == ATTEMPTS:
                raise
            time.sleep(PAUSE_SECONDS)


def _install(graph: Graph) -> None:
    for name in names("schema"):
        if statement(name).engine in ("", graph.engine):
            graph.define(name)
    if graph.engine == "arcadedb":
        file = CYPHER / "schema" / "term_text.arcadedb.sql"
        if not graph.define_sql(file.read_text(encoding="utf-8")):
            log.warning("%s has no full-text index, and Bolt takes no SQL: run %s there once.", graph.where, file)
    graph.write(lambda tx: tx.run("load/put_meta", schema_version=SCHEMA_VERSION, graph_id=str(uuid4())))
