// Title: Remove some nodes, whatever they are
// Answers: how many, 0 once the database is empty
MATCH (n)
WITH n LIMIT 250
DETACH DELETE n
RETURN count(*) AS removed
