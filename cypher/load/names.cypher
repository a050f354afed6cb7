// Title: What sets say of their terms
// Answers: set, term and entry as JSON of every set but some; names and aliases are in the entries
// Parameters: without (list of strings: ids of sets)
MATCH (s:TermSet)-[d:DEFINES]->(t:Term)
WHERE NOT s.id IN $without
RETURN s.id AS set_id, t.id AS id, d.entry AS entry
