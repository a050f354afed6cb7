// Title: Remove what a set says of terms
// Answers: nothing; the terms themselves stay
// Parameters: set (string), ids (list of strings)
UNWIND $ids AS wanted
MATCH (t:Term {id: wanted})<-[d:DEFINES]-(s:TermSet)
WHERE s.id = $set
DELETE d
