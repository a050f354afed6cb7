// Title: Circles
// Answers: the ways that lead from a term back to itself by relations of one kind, such as a term that is narrower
//   than one that is narrower than it
// Parameter: kind: kind = "broader" -- the kind of relation
// Parameter: limit: integer = 20 -- how many circles
MATCH way = (t:Term)-[:RELATED_TO*1..8 {kind: $kind}]->(back:Term)
WHERE back.id = t.id AND all(n IN nodes(way) WHERE n.id >= t.id)
WITH [n IN nodes(way) | n.name] AS circle, length(way) AS hops
RETURN circle, hops
ORDER BY hops, circle[0], circle[1]
LIMIT $limit
