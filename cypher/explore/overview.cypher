// Title: The most important terms
// Answers: their ids and importance, the most important first
// Parameters: limit (integer: how many terms)
MATCH (t:Term)
WHERE t.defined
WITH t.id AS id, coalesce(t.importance, 0.0) AS importance
RETURN id, importance
ORDER BY importance DESC, id
LIMIT $limit
