// Title: Some terms in short
// Answers: name, category and definition of the terms with these ids
// Parameters: ids (list of strings: the terms' ids)
UNWIND $ids AS id
MATCH (t:Term {id: id})
RETURN t.id AS id, t.name AS name, t.definition AS definition, t.category AS category, t.defined AS defined
