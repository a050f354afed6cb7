// Title: Change what a set says of terms
// Answers: how many; the set's DEFINES relationships hold the new entries
// Parameters: set (string), rows (list of {id, entry, role, checksum})
UNWIND $rows AS row
MATCH (t:Term {id: row.id})<-[d:DEFINES]-(s:TermSet)
WHERE s.id = $set
SET d.entry = row.entry, d.role = row.role, d.checksum = row.checksum
RETURN count(*) AS written
