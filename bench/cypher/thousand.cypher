// Title: A thousand rows
// Answers: pairs of terms, as many as the console shows at most
MATCH (a:Term), (b:Term)
WHERE a.id < b.id
RETURN a.id AS one, a.name AS name, b.id AS other, b.definition AS definition
LIMIT 1000
