// Title: A map
// Answers: the terms with these ids, how many neighbours each has in the graph, and the relations that
//   leave it towards another of these
// Parameters: ids (list of strings: the terms' ids)
UNWIND $ids AS id
MATCH (t:Term {id: id})
OPTIONAL MATCH (t)-[r:RELATED_TO]-(n:Term)
WITH t, count(DISTINCT n) AS degree,
     collect(CASE WHEN startNode(r) = t AND n.id IN $ids
                  THEN {to: n.id, kind: r.kind, note: r.note} END) AS relations
RETURN t.id AS id, t.name AS name, t.definition AS definition, t.category AS category,
       t.importance AS importance, t.defined AS defined, degree, relations
