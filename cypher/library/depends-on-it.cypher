// Title: What depends on a term
// Answers: the terms that need this one by relations of some kinds, straight or through another, with the fewest hops
// Parameter: term: term = "embeddings" -- the term's id
// Parameter: kinds: strings = ["requires", "uses", "part-of", "broader"] -- the kinds of relations to follow
// Parameter: limit: integer = 50 -- how many terms
MATCH way = (user:Term)-[:RELATED_TO*1..2]->(t:Term {id: $term})
WHERE user.id <> $term AND all(r IN relationships(way) WHERE r.kind IN $kinds)
WITH user, min(length(way)) AS hops
RETURN user.id AS id, user.name AS term, hops
ORDER BY hops, coalesce(user.importance, 0.0) DESC, id
LIMIT $limit
