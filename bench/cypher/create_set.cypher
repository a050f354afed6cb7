// Title: Create a set's header
// Answers: nothing; the set has these properties
// Parameters: properties (map)
CREATE (s:TermSet)
SET s = $properties
