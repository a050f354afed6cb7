// Title: A map
// Answers: the terms with these ids, the sets that define each (or, where no set does, those that tell a relation
//   to it), how many neighbours each has in the graph, and the relations that leave it towards a term of the map or
//   come from one that is not among these, with the sets that tell them
// Parameters: ids (list of strings: the terms' ids), among (map of booleans: for the id of each term of the map whether it
//   is among these; a map, because a list would be gone through for each neighbour of a term that has hundreds)
UNWIND $ids AS id
MATCH (t:Term {id: id})
OPTIONAL MATCH (s:TermSet)-[:DEFINES]->(t)
WITH t, collect(s.id) AS sets
OPTIONAL MATCH (t)-[r:RELATED_TO]-(n:Term)
WITH t, sets, count(DISTINCT n) AS degree,
     collect(CASE WHEN $among[n.id] IS NOT NULL AND (startNode(r) = t OR NOT $among[n.id])
                  THEN {other: n.id, leaves: startNode(r) = t, kind: r.kind, note: r.note, sets: r.sets}
             END) AS relations,
     collect(DISTINCT CASE WHEN t.defined = false THEN r.sets END) AS told_by
RETURN t.id AS id, t.name AS name, t.definition AS definition, t.category AS category,
       t.importance AS importance, t.defined AS defined, sets, told_by, degree, relations
