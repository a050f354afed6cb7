// Title: What some terms build on
// Answers: the relations of these kinds that start at one of these terms, and how important their targets are
// Parameters: ids (list of strings: the terms' ids), kinds (list of strings: kinds of relations to follow)
UNWIND $ids AS id
MATCH (:Term {id: id})-[r:RELATED_TO]->(n:Term)
WHERE r.kind IN $kinds
RETURN DISTINCT id, r.kind AS kind, n.id AS target, coalesce(n.importance, 0.0) AS importance
