// Title: Former ids of some terms
// Answers: which ids these terms had before
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (f:FormerId)-[:NOW]->(t:Term {id: wanted})
RETURN f.id AS old, t.id AS id
