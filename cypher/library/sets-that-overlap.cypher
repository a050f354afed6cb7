// Title: How much sets overlap
// Answers: for each two sets the terms that both define, and the relations that lead from the one's terms to the other's
MATCH (a:TermSet), (b:TermSet)
WHERE a.id < b.id
OPTIONAL MATCH (a)-[:DEFINES]->(t:Term)<-[:DEFINES]-(b)
WITH a, b, count(DISTINCT t) AS shared
OPTIONAL MATCH (a)-[:DEFINES]->(:Term)-[r:RELATED_TO]-(:Term)<-[:DEFINES]-(b)
RETURN a.id AS set, b.id AS other_set, a.size AS terms, b.size AS other_terms, shared, count(DISTINCT r) AS relations
ORDER BY shared DESC, set, other_set
