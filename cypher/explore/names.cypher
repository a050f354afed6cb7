// Title: Names of all terms
// Answers: what the search index is made of: id, name, aliases, definition and importance of every term
MATCH (t:Term)
RETURN t.id AS id, t.name AS name, t.aliases AS aliases, t.definition AS definition,
       coalesce(t.importance, 0.0) AS importance
