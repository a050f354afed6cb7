// Title: The best connected terms
// Answers: ten terms with the most neighbours; what the console begins with
MATCH (t:Term)-[:RELATED_TO]-(n:Term)
RETURN t.name AS term, count(DISTINCT n) AS neighbours
ORDER BY neighbours DESC, term
LIMIT 10
