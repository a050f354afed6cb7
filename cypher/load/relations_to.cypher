// Title: Relations that end at some terms
// Answers: kind, other end, note and sets of each
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (b:Term {id: wanted})<-[r:RELATED_TO]-(a:Term)
RETURN a.id AS start, r.kind AS kind, b.id AS end, r.note AS note, r.sets AS sets
