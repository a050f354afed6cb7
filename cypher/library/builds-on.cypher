// Title: What a term builds on
// Answers: all that a term needs by relations of some kinds, and what that needs, each with the fewest hops to it
// Parameter: term: term = "retrieval-augmented-generation" -- the term's id
// Parameter: kinds: strings = ["requires", "uses", "part-of", "broader"] -- the kinds of relations to follow
// Parameter: limit: integer = 50 -- how many terms
MATCH way = (t:Term {id: $term})-[:RELATED_TO*1..3]->(base:Term)
WHERE base.id <> $term AND all(r IN relationships(way) WHERE r.kind IN $kinds)
WITH base, min(length(way)) AS hops
RETURN base.id AS id, base.name AS term, hops
ORDER BY hops, coalesce(base.importance, 0.0) DESC, id
LIMIT $limit
