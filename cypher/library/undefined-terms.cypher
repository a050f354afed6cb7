// Title: Terms that nobody defines
// Answers: the terms that relations name and no set defines, those that the most terms name first
MATCH (t:Term)
WHERE t.defined = false
OPTIONAL MATCH (t)-[:RELATED_TO]-(n:Term)
WITH DISTINCT t, n.name AS neighbour
ORDER BY neighbour
WITH t, collect(neighbour) AS named_by
RETURN t.id AS id, t.name AS term, size(named_by) AS times, named_by
ORDER BY times DESC, id
