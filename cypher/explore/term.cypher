// Title: A term and its neighbours
// Answers: all that is known of a term: its texts, what each set says of it, and its relations with the terms
//   at their other ends, the most important first; no texts when there is no term of this id, and then the id
//   that it has become, if it had this one before
// Parameters: id (string: the term's id)
OPTIONAL MATCH (t:Term {id: $id})
OPTIONAL MATCH (:FormerId {id: $id})-[:NOW]->(now:Term)
OPTIONAL MATCH (s:TermSet)-[d:DEFINES]->(t)
WITH t, now, collect(CASE WHEN s IS NOT NULL THEN
       {set: s.id, title: s.title, priority: s.priority, role: d.role, entry: d.entry} END) AS entries
OPTIONAL MATCH (t)-[r:RELATED_TO]-(n:Term)
WITH t, now, entries, r, n
ORDER BY coalesce(n.importance, 0.0) DESC, n.id
RETURN t.id AS id, t.name AS name, t.definition AS definition, t.explanation AS explanation,
       t.category AS category, t.aliases AS aliases, t.defined AS defined, now.id AS now, entries,
       collect(CASE WHEN n IS NOT NULL THEN
         {id: n.id, name: n.name, definition: n.definition, category: n.category, defined: n.defined,
          kind: r.kind, note: r.note, forward: startNode(r) = t} END) AS neighbours
