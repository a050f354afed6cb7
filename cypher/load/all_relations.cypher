// Title: All relations among defined terms
// Answers: both ends of every relation, for importance and communities
MATCH (a:Term)-[:RELATED_TO]->(b:Term)
WHERE a.defined AND b.defined
RETURN a.id AS start, b.id AS end
