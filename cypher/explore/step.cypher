// Title: One hop outwards
// Answers: the terms next to any of these, the most important first (some of them may be among these)
// Parameters: ids (list of strings: the terms to start from)
UNWIND $ids AS id
MATCH (:Term {id: id})-[:RELATED_TO]-(n:Term)
WITH DISTINCT n.id AS id, coalesce(n.importance, 0.0) AS importance
RETURN id
ORDER BY importance DESC, id
