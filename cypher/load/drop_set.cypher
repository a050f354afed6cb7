// Title: Remove a set's header
// Answers: nothing; its entries must be gone before
// Parameters: id (string)
MATCH (s:TermSet {id: $id})
DETACH DELETE s
