// Title: Read what sets say of terms
// Answers: every entry
MATCH (s:TermSet)-[d:DEFINES]->(t:Term)
RETURN s.id AS set, t.id AS id, d.entry AS entry, d.role AS role, d.checksum AS checksum
