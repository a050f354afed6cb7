// Title: Terms at the other ends of a set's relations
// Answers: whether any set defines these terms, and how important they are
// Parameters: ids (list of strings: the terms' ids)
UNWIND $ids AS id
MATCH (t:Term {id: id})
RETURN t.id AS id, t.defined AS defined, coalesce(t.importance, 0.0) AS importance
