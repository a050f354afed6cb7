// Title: Create relations
// Answers: nothing; a RELATED_TO relationship for each row
// Parameters: rows (list of {start, end, kind, note, sets})
UNWIND $rows AS row
MATCH (a:Term {id: row.start})
MATCH (b:Term {id: row.end})
CREATE (a)-[:RELATED_TO {kind: row.kind, note: row.note, sets: row.sets}]->(b)
