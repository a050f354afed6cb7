// Title: Which categories belong together
// Answers: for each two categories how many relations lead from one to the other, either way
// Parameter: limit: integer = 20 -- how many pairs
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WITH coalesce(a.category, '') AS one, coalesce(b.category, '') AS other
WHERE one <> other
WITH CASE WHEN one < other THEN one ELSE other END AS category,
     CASE WHEN one < other THEN other ELSE one END AS other_category
RETURN category, other_category, count(*) AS relations
ORDER BY relations DESC, category, other_category
LIMIT $limit
