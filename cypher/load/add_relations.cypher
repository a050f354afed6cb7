// Title: Add relations
// Answers: RELATED_TO relationships, which must not be there yet
// Parameters: rows (list of {start, kind, end, note, sets})
UNWIND $rows AS row
MATCH (a:Term {id: row.start})
MATCH (b:Term {id: row.end})
CREATE (a)-[r:RELATED_TO {kind: row.kind, sets: row.sets}]->(b)
SET r.note = row.note
RETURN count(*) AS written
