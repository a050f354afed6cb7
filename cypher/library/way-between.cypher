// Title: The shortest ways between two terms
// Answers: the terms on each shortest way, and the kinds of the relations between them
// Parameter: one: term = "fine-tuning" -- the id of the term to start from
// Parameter: other: term = "embeddings" -- the id of the term to reach
// Parameter: limit: integer = 5 -- how many ways
MATCH (a:Term {id: $one}), (b:Term {id: $other})
MATCH way = allShortestPaths((a)-[:RELATED_TO*..15]-(b))
WITH [n IN nodes(way) | n.name] AS terms, [r IN relationships(way) | r.kind] AS kinds, length(way) AS hops
RETURN terms, kinds, hops
ORDER BY terms[1], terms[2], kinds[0], kinds[1]
LIMIT $limit
