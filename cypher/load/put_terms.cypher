// Title: Write terms
// Answers: terms with the given properties, made where they are missing
// Parameters: rows (list of {id, properties})
UNWIND $rows AS row
MERGE (t:Term {id: row.id})
SET t += row.properties
RETURN count(*) AS written
