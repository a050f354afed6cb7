// Title: Some terms with their texts and ranks
// Answers: what the map shows of these terms, and how important they are
// Parameters: ids (list of strings: the terms' ids)
UNWIND $ids AS wanted
MATCH (t:Term {id: wanted})
RETURN t.id AS id, t.name AS name, t.definition AS definition, t.explanation AS explanation,
       t.category AS category, t.aliases AS aliases, t.defined AS defined,
       t.importance AS importance, t.community AS community
