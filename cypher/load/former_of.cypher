// Title: Former ids
// Answers: which terms say that they had these ids before, and the term that the id leads to now
// Parameters: ids (list of strings: former ids)
UNWIND $ids AS wanted
MATCH (f:FormerId {id: wanted})
OPTIONAL MATCH (f)-[:NOW]->(t:Term)
RETURN f.id AS old, f.terms AS terms, t.id AS now
