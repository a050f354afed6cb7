// Title: Names of all defined terms
// Answers: id, name and aliases of every term that some set defines
MATCH (t:Term)
WHERE t.defined
RETURN t.id AS id, t.name AS name, t.aliases AS aliases
