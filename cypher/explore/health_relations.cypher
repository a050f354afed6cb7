// Title: All relations, for the health page
// Answers: for each kind, in columns, both ends of its relations
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
RETURN r.kind AS kind, collect(a.id) AS starts, collect(b.id) AS ends
