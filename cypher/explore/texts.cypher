// Title: Texts of some terms
// Answers: what a map does not hold of its terms: explanation, aliases, community, and which sets define each, with
//   the role of their entry
// Parameters: ids (list of strings: the terms' ids)
UNWIND $ids AS id
MATCH (t:Term {id: id})
OPTIONAL MATCH (s:TermSet)-[d:DEFINES]->(t)
RETURN t.id AS id, t.explanation AS explanation, t.aliases AS aliases, t.community AS community,
       collect(CASE WHEN s IS NOT NULL THEN {set: s.id, role: d.role} END) AS entries
