// Title: Terms that keep the same company
// Answers: the terms whose neighbours are most like a term's: the share of all neighbours of both that both have
// Parameter: term: term = "retrieval-augmented-generation" -- the term's id
// Parameter: limit: integer = 10 -- how many terms
MATCH (t:Term {id: $term})-[:RELATED_TO]-(n:Term)
WITH t, collect(DISTINCT n.id) AS own
MATCH (t)-[:RELATED_TO]-(:Term)-[:RELATED_TO]-(x:Term)
WHERE x.id <> t.id
WITH DISTINCT t, own, x
MATCH (x)-[:RELATED_TO]-(m:Term)
WITH own, x, collect(DISTINCT m.id) AS theirs
WITH x, size(own) AS of_term, size(theirs) AS of_other, size([m IN theirs WHERE m IN own]) AS shared
RETURN x.id AS id, x.name AS term, shared, round(100.0 * shared / (of_term + of_other - shared)) AS percent
ORDER BY percent DESC, shared DESC, id
LIMIT $limit
