// Title: The most important terms
// Answers: their ids and importance, the most important first
// Parameters: limit (integer: how many terms)
MATCH (t:Term)
WHERE t.importance > 0 AND t.defined
RETURN t.id AS id, t.importance AS importance
ORDER BY t.importance DESC, t.id
LIMIT $limit
