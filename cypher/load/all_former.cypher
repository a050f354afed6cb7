// Title: All former ids
// Answers: every former id, with the terms that claim it and the term that it leads to now
MATCH (f:FormerId)
OPTIONAL MATCH (f)-[:NOW]->(t:Term)
RETURN f.id AS old, f.terms AS terms, t.id AS now
