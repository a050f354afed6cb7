// Title: Read sets' headers
// Answers: the properties of each set
MATCH (s:TermSet)
RETURN properties(s) AS properties
