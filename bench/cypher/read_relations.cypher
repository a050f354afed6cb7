// Title: Read relations
// Answers: every relation
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
RETURN a.id AS start, b.id AS end, r.kind AS kind, r.note AS note, r.sets AS sets
