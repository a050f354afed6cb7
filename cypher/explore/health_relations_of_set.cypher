// Title: The relations of a set, for its health page
// Answers: for each kind, in columns, both ends of its relations that the set says
// Parameters: set (string: the set's id)
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WHERE $set IN r.sets
RETURN r.kind AS kind, collect(a.id) AS starts, collect(b.id) AS ends
