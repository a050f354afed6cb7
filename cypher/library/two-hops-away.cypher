// Title: Two hops away, and not related
// Answers: the terms that share neighbours with a term but have no relation to it; those with the most ways first
// Parameter: term: term = "foundation-model" -- the term's id
// Parameter: limit: integer = 20 -- how many terms
MATCH (x:Term {id: $term})-[:RELATED_TO]-(via:Term)-[:RELATED_TO]-(far:Term)
WHERE far.id <> x.id AND NOT EXISTS { MATCH (x)-[:RELATED_TO]-(far) }
WITH DISTINCT far, via.name AS through
ORDER BY through
WITH far, collect(through) AS through
RETURN far.id AS id, far.name AS term, size(through) AS ways, through
ORDER BY ways DESC, id
LIMIT $limit
