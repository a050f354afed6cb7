// Title: What a set says of its terms
// Answers: each entry as JSON and its role, by the id of its term
// Parameters: id (string: the set's id)
MATCH (s:TermSet {id: $id})-[d:DEFINES]->(t:Term)
RETURN t.id AS id, d.role AS role, d.entry AS entry
