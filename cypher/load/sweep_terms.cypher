// Title: Remove terms that nothing holds
// Answers: nothing; terms that no set defines and no relation names, which an interrupted removal left, are gone
MATCH (t:Term)
WHERE NOT (t)<-[:DEFINES]-() AND NOT (t)-[:RELATED_TO]-()
DETACH DELETE t
