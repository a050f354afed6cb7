// Title: Terms without a relation
// Answers: the terms that are related to no other
MATCH (t:Term)
WHERE NOT EXISTS { MATCH (t)-[:RELATED_TO]-(:Term) }
RETURN t.id AS id, t.name AS term, t.category AS category
ORDER BY id
