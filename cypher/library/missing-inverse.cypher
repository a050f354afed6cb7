// Title: Relations that only one of the two terms tells
// Answers: the relations that the entry of one term says, in any set, while no entry of the other term says any relation
//   back
// Parameter: limit: integer = 50 -- how many relations
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WHERE a.defined AND b.defined
WITH a, r, b,
     EXISTS { MATCH (a)<-[d:DEFINES]-(:TermSet) WHERE d.entry CONTAINS '"to":"' + b.id + '"' } AS told_by_source,
     EXISTS { MATCH (b)<-[d:DEFINES]-(:TermSet) WHERE d.entry CONTAINS '"to":"' + a.id + '"' } AS told_by_target
WHERE told_by_source <> told_by_target
RETURN a.name AS source, r.kind AS kind, b.name AS target,
       CASE WHEN told_by_source THEN b.name ELSE a.name END AS silent
ORDER BY coalesce(a.importance, 0.0) + coalesce(b.importance, 0.0) DESC, source, kind, target
LIMIT $limit
