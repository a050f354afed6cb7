// Title: Read terms
// Answers: the properties of each term
MATCH (t:Term)
RETURN properties(t) AS properties
