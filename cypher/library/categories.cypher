// Title: Categories and how closed each is
// Answers: for each category its terms, the relations among them, and the relations that lead out of it
MATCH (t:Term)
WHERE t.defined
WITH coalesce(t.category, '') AS category, count(t) AS terms, collect(t.id) AS ids
OPTIONAL MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WHERE coalesce(a.category, '') = category OR coalesce(b.category, '') = category
WITH category, terms,
     sum(CASE WHEN r IS NOT NULL AND coalesce(a.category, '') = coalesce(b.category, '') THEN 1 ELSE 0 END) AS inside,
     sum(CASE WHEN r IS NOT NULL AND coalesce(a.category, '') <> coalesce(b.category, '') THEN 1 ELSE 0 END) AS outside
RETURN category, terms, inside, outside
ORDER BY terms DESC, category
