// Title: The most connected terms
// Answers: the terms with the most neighbours, and how important each is
// Parameter: limit: integer = 10 -- how many terms
MATCH (t:Term)-[:RELATED_TO]-(n:Term)
WITH t, count(DISTINCT n) AS neighbours
RETURN t.id AS id, t.name AS term, neighbours, t.importance AS importance
ORDER BY neighbours DESC, id
LIMIT $limit
