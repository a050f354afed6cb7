// Title: Where ids went
// Answers: for each id that a term had before, the id that it has now
// Parameters: ids (list of strings: ids that no term has)
UNWIND $ids AS id
MATCH (:FormerId {id: id})-[:NOW]->(t:Term)
RETURN id, t.id AS now
