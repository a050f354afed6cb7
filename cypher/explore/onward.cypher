// Title: Where ways go on from some terms
// Answers: for each term its neighbours with their importance, through relations whose kind is not hidden, in no order
// Parameters: ids (list of strings: the terms' ids), hidden (list of strings: kinds of relations to leave out)
UNWIND $ids AS id
MATCH (:Term {id: id})-[r:RELATED_TO]-(n:Term)
WHERE NOT coalesce(r.kind, 'related') IN $hidden
RETURN DISTINCT id, n.id AS neighbour, coalesce(n.importance, 0.0) AS importance
