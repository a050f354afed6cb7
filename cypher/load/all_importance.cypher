// Title: Importance and community of all terms
// Answers: what is stored now, to write only what differs
MATCH (t:Term)
RETURN t.id AS id, t.defined AS defined, t.importance AS importance, t.community AS community,
       t.category AS category
