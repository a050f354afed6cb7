// Title: Write former ids
// Answers: a FormerId that leads to the term as it is called now
// Parameters: rows (list of {old, id})
UNWIND $rows AS row
MATCH (t:Term {id: row.id})
MERGE (f:FormerId {id: row.old})
MERGE (f)-[:NOW]->(t)
