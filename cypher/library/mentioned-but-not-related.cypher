// Title: Mentioned, but not related
// Answers: the terms whose name stands in the definition or the explanation of a term that has no relation to them
// Parameter: term: term = "foundation-model" -- the term's id
MATCH (t:Term {id: $term})
WITH t, toLower(coalesce(t.definition, '') + ' ' + coalesce(t.explanation, '')) AS text
MATCH (n:Term)
WHERE n.id <> t.id AND size(n.name) > 2 AND text CONTAINS toLower(n.name)
  AND NOT EXISTS { MATCH (t)-[:RELATED_TO]-(n) }
RETURN n.id AS id, n.name AS term, n.definition AS definition
ORDER BY id
