// Title: Circles
// Answers: the ways that lead from a term back to itself by relations of one kind, such as a term that is narrower
//   than one that is narrower than it
// Parameter: kind: kind = "broader" -- the kind of relation
// Parameter: limit: integer = 20 -- how many circles
MATCH (t:Term)-[:RELATED_TO {kind: $kind}]->(next:Term)
MATCH way = (next)-[:RELATED_TO*1..7 {kind: $kind}]->(t)
WHERE all(n IN nodes(way) WHERE n.id >= t.id)
WITH [t.name] + [n IN nodes(way) | n.name] AS circle, length(way) + 1 AS hops
RETURN circle, hops
ORDER BY hops, circle[0], circle[1]
LIMIT $limit
