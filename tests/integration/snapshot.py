"""The whole graph as plain data, to compare one with another."""

from typing import Any

from graph.connection import Graph

TERMS = "MATCH (t:Term) RETURN t.id AS id, properties(t) AS properties"
RELATIONS = "MATCH (a:Term)-[r:RELATED_TO]->(b:Term) RETURN a.id AS start, properties(r) AS properties, b.id AS end"
ENTRIES = "MATCH (s:TermSet)-[d:DEFINES]->(t:Term) RETURN s.id AS id, properties(d) AS properties, t.id AS term"
SETS = "MATCH (s:TermSet) RETURN s.id AS id, properties(s) AS properties"
START = (
    "MATCH (m:Meta) WHERE m.ranked_revision = m.revision "
    "RETURN m.top AS top, m.top_importance AS importance, m.categories AS categories, m.category_terms AS terms"
)
FORMER = "MATCH (f:FormerId) OPTIONAL MATCH (f)-[:NOW]->(t:Term) RETURN f.id AS old, f.terms AS terms, t.id AS id"


def snapshot(graph: Graph) -> dict[str, Any]:
    """Everything but the times of loading."""
    relations = [
        (row["start"], row["properties"]["kind"], row["end"], row["properties"]) for row in rows(graph, RELATIONS)
    ]
    keys = [relation[:3] for relation in relations]
    assert len(keys) == len(set(keys)), "a relation stands in the graph twice"
    return {
        "terms": {row["id"]: row["properties"] for row in rows(graph, TERMS)},
        "relations": {relation[:3]: relation[3] for relation in relations},
        "entries": {(row["id"], row["term"]): row["properties"] for row in rows(graph, ENTRIES)},
        "sets": {
            row["id"]: {k: v for k, v in row["properties"].items() if k != "loaded_at"} for row in rows(graph, SETS)
        },
        "start": [row for row in rows(graph, START) if row["top"] or row["categories"]],
        "former": {row["old"]: (row["id"], row["terms"]) for row in rows(graph, FORMER)},
    }


def rows(graph: Graph, text: str) -> list[dict[str, Any]]:
    """The rows of a statement of the tests' own."""
    with graph._writer.session(database=graph.accounts.database) as session:
        return session.execute_read(lambda tx: [dict(record) for record in tx.run(text)])
