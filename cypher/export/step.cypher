// Title: One hop outwards
// Answers: the ids of the terms next to any of these (some may be among these)
// Parameters: ids (list of strings: the terms to start from)
UNWIND $ids AS wanted
MATCH (:Term {id: wanted})-[:RELATED_TO]-(n:Term)
RETURN DISTINCT n.id AS id
