// Title: Create what a set says of terms
// Answers: nothing; a DEFINES relationship for each row
// Parameters: set (string), rows (list of {id, entry, role, checksum})
MATCH (s:TermSet {id: $set})
UNWIND $rows AS row
MATCH (t:Term {id: row.id})
CREATE (s)-[:DEFINES {entry: row.entry, role: row.role, checksum: row.checksum}]->(t)
