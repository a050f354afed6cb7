// Title: Ids that there are
// Answers: those of the ids that a term has, defined or only referred to
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (t:Term {id: wanted})
RETURN t.id AS id
