// Title: Terms of one size
// Answers: terms with exactly so many relations, by id
// Parameters: relations (integer: how many), limit (integer: how many terms)
MATCH (t:Term)-[r:RELATED_TO]-(:Term)
WITH t.id AS id, count(r) AS relations
WHERE relations = $relations
RETURN id
ORDER BY id
LIMIT $limit
