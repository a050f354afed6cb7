// Title: Remove relations
// Answers: how many; no set says these any more. All are found before the first goes: ArcadeDB loses its way otherwise
// Parameters: rows (list of {start, kind, end})
UNWIND $rows AS row
MATCH (a:Term {id: row.start})-[r:RELATED_TO {kind: row.kind}]->(b:Term {id: row.end})
WITH collect(r) AS gone
UNWIND gone AS r
DELETE r
RETURN count(*) AS written
