// Title: Write former ids
// Answers: FormerIds, not there yet, with all terms that claim them; each leads to the one that `now` names, if any
// Parameters: rows (list of {old, terms, now})
UNWIND $rows AS row
CREATE (f:FormerId {id: row.old, terms: row.terms})
WITH f, row
MATCH (t:Term {id: row.now})
CREATE (f)-[:NOW]->(t)
