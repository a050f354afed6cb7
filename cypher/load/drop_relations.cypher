// Title: Remove relations
// Answers: how many; no set says these any more
// Parameters: rows (list of {start, kind, end})
UNWIND $rows AS row
MATCH (a:Term {id: row.start})-[r:RELATED_TO {kind: row.kind}]->(b:Term {id: row.end})
DELETE r
RETURN count(*) AS written
