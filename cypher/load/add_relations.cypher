// Title: Add relations
// Answers: RELATED_TO relationships, which must not be there yet
// Parameters: rows (list of {start, kind, end, note, sets})
UNWIND $rows AS row
MATCH (a:Term {id: row.start})
MATCH (b:Term {id: row.end})
CREATE (a)-[:RELATED_TO {kind: row.kind, note: row.note, sets: row.sets}]->(b)
RETURN count(*) AS written
