// Title: Texts of all defined terms
// Answers: names and texts of every defined term as they are shown, and the sets that define it
MATCH (s:TermSet)-[:DEFINES]->(t:Term)
WHERE t.defined
RETURN t.id AS id, t.name AS name, t.aliases AS aliases, t.definition AS definition, t.explanation AS explanation,
       collect(s.id) AS sets
