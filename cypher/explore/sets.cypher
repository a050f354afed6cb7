// Title: Term sets
// Answers: which sets are loaded, by rank, with their sizes and the kinds they declare
MATCH (s:TermSet)
RETURN s.id AS id, s.title AS title, s.version AS version, s.license AS license, s.source AS source,
       s.priority AS priority, s.kinds AS kinds, s.state AS state, s.size AS size
ORDER BY s.priority, s.id
