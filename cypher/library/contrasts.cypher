// Title: What is not to be mixed up
// Answers: the pairs of terms that contrast with one another, with the note where there is one
// Parameter: kind: kind = "contrasts-with" -- the kind of relation
MATCH (a:Term)-[r:RELATED_TO {kind: $kind}]->(b:Term)
RETURN a.name AS term, b.name AS other, r.note AS note
ORDER BY term, other
