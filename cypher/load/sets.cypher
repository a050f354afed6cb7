// Title: All loaded term sets
// Answers: each set's header, state and size, by rank
MATCH (s:TermSet)
RETURN s.id AS id, s.title AS title, s.version AS version, s.language AS language, s.priority AS priority,
       s.source AS source, s.license AS license, s.kinds AS kinds, s.state AS state, s.size AS size,
       s.checksum AS checksum, s.loaded_at AS loaded_at
ORDER BY s.priority, s.id
