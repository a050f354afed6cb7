"""Whether a statement does no more than read, judged by the plan that Neo4j's EXPLAIN gives.

Read access refuses writes, but not everything that a stranger should not do: LOAD CSV reads files and addresses,
transactions of others can be seen and ended, and some procedures that count as reading do more than that.
"""

from collections.abc import Iterator
from typing import Any

REFUSED_OPERATORS = ("loadcsv", "showtransactions", "terminatetransactions")
PROCEDURES = {
    "db.index.fulltext.listavailableanalyzers",
    "db.index.fulltext.querynodes",
    "db.index.fulltext.queryrelationships",
    "db.index.vector.querynodes",
    "db.index.vector.queryrelationships",
    "db.info",
    "db.labels",
    "db.ping",
    "db.propertykeys",
    "db.relationshiptypes",
    "db.schema.nodetypeproperties",
    "db.schema.reltypeproperties",
    "db.schema.visualization",
    "dbms.components",
}


def only_reads(query_type: str | None, plan: dict[str, Any] | None) -> bool:
    """Whether the statement of that type and plan may come through the read-only door."""
    return query_type in ("r", None) and all(_is_harmless(step) for step in _steps(plan))


def _is_harmless(step: dict[str, Any]) -> bool:
    operator = str(step.get("operatorType", "")).lower()
    if "procedurecall" in operator:
        details = str(step.get("args", {}).get("Details", ""))
        return details.partition("(")[0].strip().lower() in PROCEDURES
    return not any(name in operator for name in REFUSED_OPERATORS)


def _steps(plan: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if plan:
        yield plan
        for child in plan.get("children", ()):
            yield from _steps(child)
