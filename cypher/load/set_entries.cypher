// Title: What a set defines
// Answers: the ids of its terms and the checksums of its entries
// Parameters: id (string: the set's id)
MATCH (s:TermSet {id: $id})-[d:DEFINES]->(t:Term)
RETURN t.id AS id, d.checksum AS checksum
