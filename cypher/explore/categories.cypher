// Title: Categories
// Answers: how many defined terms each category has, the largest first
MATCH (t:Term)
WHERE t.defined
RETURN coalesce(t.category, '') AS category, count(t) AS terms
ORDER BY terms DESC, category
