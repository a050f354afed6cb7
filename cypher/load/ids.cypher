// Title: Ids of all terms
// Answers: the id of every term, defined or only referred to
MATCH (t:Term)
RETURN t.id AS id
