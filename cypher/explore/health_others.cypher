// Title: Terms at the other ends of a set's relations
// Answers: whether any set defines these terms, and how important they are
// Parameters: nodes (list of integers: the numbers of the terms' nodes)
MATCH (t:Term)
WHERE id(t) IN $nodes
RETURN id(t) AS node, t.id AS id, t.defined AS defined, coalesce(t.importance, 0.0) AS importance
