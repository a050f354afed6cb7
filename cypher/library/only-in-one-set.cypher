// Title: Terms of one set alone
// Answers: the terms that this set defines and no other does, the most important first
// Parameter: set: set = "ai" -- the set's id
// Parameter: limit: integer = 50 -- how many terms
MATCH (:TermSet {id: $set})-[:DEFINES]->(t:Term)
WHERE COUNT { (t)<-[:DEFINES]-(:TermSet) } = 1
RETURN t.id AS id, t.name AS term, t.category AS category
ORDER BY coalesce(t.importance, 0.0) DESC, id
LIMIT $limit
