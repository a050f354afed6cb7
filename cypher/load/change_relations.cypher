// Title: Change relations
// Answers: how many; these relations have the new note and sets
// Parameters: rows (list of {start, kind, end, note, sets})
UNWIND $rows AS row
MATCH (a:Term {id: row.start})-[r:RELATED_TO {kind: row.kind}]->(b:Term {id: row.end})
SET r.note = row.note, r.sets = row.sets
RETURN count(*) AS written
