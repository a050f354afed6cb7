// Title: Create terms that a set defines
// Answers: terms, which must not be there yet, each with a DEFINES relationship that holds the set's entry as JSON
// Parameters: set (string), rows (list of {id, properties, entry, role, checksum})
MATCH (s:TermSet {id: $set})
UNWIND $rows AS row
CREATE (s)-[:DEFINES {entry: row.entry, role: row.role, checksum: row.checksum}]->(t:Term {id: row.id})
SET t += row.properties
RETURN count(*) AS written
