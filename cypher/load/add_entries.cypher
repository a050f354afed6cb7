// Title: Add what a set says of terms
// Answers: a DEFINES relationship with the entry as JSON for each term, which must not have one of this set yet
// Parameters: set (string), rows (list of {id, entry, role, checksum})
MATCH (s:TermSet {id: $set})
UNWIND $rows AS row
MATCH (t:Term {id: row.id})
CREATE (s)-[:DEFINES {entry: row.entry, role: row.role, checksum: row.checksum}]->(t)
RETURN count(*) AS written
