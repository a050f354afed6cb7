// Title: The tree below a term
// Answers: the terms that are narrower than a term, however deep, each with the way to it
// Parameter: term: term = "machine-learning" -- the term's id
// Parameter: kind: kind = "broader" -- the kind of relation that leads from the narrower term to the wider
MATCH way = (low:Term)-[:RELATED_TO*1..6 {kind: $kind}]->(:Term {id: $term})
WHERE low.id <> $term
WITH low, way, length(way) AS depth
ORDER BY depth
WITH low, collect(way)[0] AS way
RETURN low.id AS id, low.name AS term, length(way) AS depth, [n IN nodes(way) | n.name] AS upwards
ORDER BY depth, id
