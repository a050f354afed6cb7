// Title: Entries for some terms
// Answers: what every set said of these terms
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (t:Term {id: wanted})<-[d:DEFINES]-(s:TermSet)
RETURN t.id AS id, s.id AS set_id, s.priority AS priority, d.role AS role, d.entry AS entry
