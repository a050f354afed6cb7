// Title: What ties two categories together
// Answers: the relations that lead from a term of one category to a term of the other, either way
// Parameter: one: category = "Models" -- a category
// Parameter: other: category = "Retrieval" -- another category
MATCH (a:Term {category: $one})-[r:RELATED_TO]-(b:Term {category: $other})
WITH startNode(r) AS source, r, endNode(r) AS target
RETURN DISTINCT source.name AS source, r.kind AS kind, target.name AS target, r.note AS note
ORDER BY source, kind, target
