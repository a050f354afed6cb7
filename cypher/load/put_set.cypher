// Title: Write a set's header
// Answers: the set, in the state "loading" or "ready"
// Parameters: id (string), properties (map)
MERGE (s:TermSet {id: $id})
SET s += $properties
