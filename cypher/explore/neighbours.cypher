// Title: Neighbours of some terms
// Answers: for each term the ids of its neighbours, the most important first
// Parameters: ids (list of strings: the terms' ids)
UNWIND $ids AS id
MATCH (:Term {id: id})-[:RELATED_TO]-(n:Term)
WITH DISTINCT id, n.id AS neighbour, coalesce(n.importance, 0.0) AS importance
ORDER BY importance DESC, neighbour
RETURN id, collect(neighbour) AS neighbours
