// Title: Islands
// Answers: the terms to which no way leads from a term, and their own neighbours
// Parameter: start: term = "" -- the id of the term to start from; the most important one when it is empty
MATCH (s:Term)
WHERE $start = '' OR s.id = $start
WITH s
ORDER BY coalesce(s.importance, 0.0) DESC, s.id
LIMIT 1
MATCH (t:Term)
WHERE t.id <> s.id
OPTIONAL MATCH way = shortestPath((s)-[:RELATED_TO*]-(t))
WITH t, way
WHERE way IS NULL
OPTIONAL MATCH (t)-[:RELATED_TO]-(n:Term)
WITH DISTINCT t, n.name AS neighbour
ORDER BY neighbour
WITH t, collect(neighbour) AS neighbours
RETURN t.id AS id, t.name AS term, neighbours
ORDER BY id
