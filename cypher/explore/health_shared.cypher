// Title: Terms that several sets define
// Answers: for each term of these sets that another set defines too, what each set says of it, as JSON
// Parameters: sets (list of strings: the sets' ids)
UNWIND $sets AS one
MATCH (:TermSet {id: one})-[:DEFINES]->(t:Term)
WITH DISTINCT t
WHERE COUNT { (t)<-[:DEFINES]-(:TermSet) } > 1
MATCH (s:TermSet)-[d:DEFINES]->(t)
RETURN t.id AS id, collect({set: s.id, entry: d.entry}) AS entries
