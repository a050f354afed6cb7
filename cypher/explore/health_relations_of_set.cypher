// Title: The relations of a set, for its health page
// Answers: for each kind and the sets that say it, in columns, both ends of its relations that the set says
// Parameters: set (string: the set's id)
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WITH r.kind AS kind, r.sets AS sets, collect(a.id) AS starts, collect(b.id) AS ends
WHERE $set IN sets
RETURN kind, starts, ends
