// Title: The relations of a set, for its health page
// Answers: for each kind and the sets that say it, in columns, the nodes at both ends of its relations that the set says
// Parameters: set (string: the set's id)
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WITH r.kind AS kind, r.sets AS sets, collect(id(a)) AS starts, collect(id(b)) AS ends
WHERE $set IN sets
RETURN kind, starts, ends
