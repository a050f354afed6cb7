// Title: Bridges between two categories
// Answers: the terms that have neighbours in both categories, those with the most first
// Parameter: one: category = "Models" -- a category
// Parameter: other: category = "Retrieval" -- another category
// Parameter: limit: integer = 20 -- how many terms
MATCH (a:Term {category: $one})-[:RELATED_TO]-(t:Term)
WITH t, count(DISTINCT a) AS in_one
MATCH (t)-[:RELATED_TO]-(b:Term {category: $other})
WITH t, in_one, count(DISTINCT b) AS in_other
RETURN t.id AS id, t.name AS term, t.category AS category, in_one, in_other
ORDER BY in_one + in_other DESC, id
LIMIT $limit
