// Title: Terms without a definition
// Answers: the terms that a set defines without saying what they mean, the most important first
MATCH (s:TermSet)-[:DEFINES]->(t:Term)
WHERE coalesce(t.definition, '') = ''
WITH DISTINCT t, s.id AS set
ORDER BY set
WITH t, collect(set) AS sets
RETURN t.id AS id, t.name AS term, sets
ORDER BY coalesce(t.importance, 0.0) DESC, id
