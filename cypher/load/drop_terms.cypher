// Title: Remove terms
// Answers: nothing; these terms have no entry and no relation any more
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (t:Term {id: wanted})
DETACH DELETE t
