// Title: Defined terms by name
// Answers: the terms whose names, in lower case, are among these
// Parameters: keys (list of strings)
UNWIND $keys AS wanted
MATCH (t:Term {key: wanted})
WHERE t.defined
RETURN t.key AS key, t.id AS id, t.name AS name
