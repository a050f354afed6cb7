// Title: A term and its neighbours
// Answers: the relations of a term, as ways that can be drawn as a map
// Parameter: term: term = "foundation-model" -- the term's id
// Parameter: limit: integer = 25 -- how many relations
MATCH way = (:Term {id: $term})-[:RELATED_TO]-(n:Term)
RETURN way
ORDER BY coalesce(n.importance, 0.0) DESC, n.id
LIMIT $limit
