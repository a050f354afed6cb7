// Title: Neighbours that two terms share
// Answers: the terms that are related to both, with how each is
// Parameter: one: term = "foundation-model" -- the id of a term
// Parameter: other: term = "retrieval-augmented-generation" -- the id of another
MATCH (:Term {id: $one})-[r:RELATED_TO]-(n:Term)
WITH n, collect(DISTINCT r.kind) AS to_one
MATCH (n)-[r:RELATED_TO]-(:Term {id: $other})
WITH n, to_one, collect(DISTINCT r.kind) AS to_other
RETURN n.id AS id, n.name AS term, to_one, to_other
ORDER BY coalesce(n.importance, 0.0) DESC, id
