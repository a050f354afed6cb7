// Title: Write importance and community
// Answers: the derived numbers of some terms
// Parameters: rows (list of {id, importance, community})
UNWIND $rows AS row
MATCH (t:Term {id: row.id})
SET t.importance = row.importance, t.community = row.community
