"""The one door to a graph database: settings, bundled servers, connection, statements, errors.

The loader and the explorer reach a server through `graph.connection` alone; nothing here knows of either.
"""

from typing import Literal

Engine = Literal["arcadedb", "neo4j"]
