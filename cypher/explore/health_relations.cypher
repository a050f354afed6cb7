// Title: All relations, for the health page
// Answers: for each kind, in columns, the nodes at both ends of its relations
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
RETURN r.kind AS kind, collect(id(a)) AS starts, collect(id(b)) AS ends
