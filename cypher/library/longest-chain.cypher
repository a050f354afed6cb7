// Title: The longest chains of a kind
// Answers: the longest ways along relations of one kind, each from a term that is the first of its kind to one that is
//   the last
// Parameter: kind: kind = "requires" -- the kind of relation
// Parameter: limit: integer = 5 -- how many chains
MATCH way = (a:Term)-[:RELATED_TO*1..12 {kind: $kind}]->(b:Term)
WHERE NOT EXISTS { MATCH (:Term)-[:RELATED_TO {kind: $kind}]->(a) }
  AND NOT EXISTS { MATCH (b)-[:RELATED_TO {kind: $kind}]->(:Term) }
WITH [n IN nodes(way) | n.name] AS chain, length(way) AS hops, a.id AS first, b.id AS last
RETURN hops, chain
ORDER BY hops DESC, first, last, chain[1]
LIMIT $limit
