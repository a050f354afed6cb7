// Title: Some terms as they are shown
// Answers: the derived properties of these terms
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (t:Term {id: wanted})
RETURN t.id AS id, t.name AS name, t.key AS key, t.definition AS definition, t.explanation AS explanation,
       t.category AS category, t.aliases AS aliases, t.aliases_text AS aliases_text, t.defined AS defined
