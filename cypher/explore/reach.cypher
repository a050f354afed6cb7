// Title: One hop outwards, some kinds left out
// Answers: the terms next to any of these through relations whose kind is not hidden, in no order (some of them may be
//   among these)
// Parameters: ids (list of strings: the terms to start from), hidden (list of strings: kinds of relations to leave out)
UNWIND $ids AS id
MATCH (:Term {id: id})-[r:RELATED_TO]-(n:Term)
WHERE NOT coalesce(r.kind, 'related') IN $hidden
RETURN DISTINCT n.id AS id
