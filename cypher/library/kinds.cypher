// Title: Kinds of relations
// Answers: how often each kind is used, how many terms it joins, and how many of the relations carry a note
MATCH (a:Term)-[r:RELATED_TO]->(b:Term)
WITH coalesce(r.kind, 'related') AS kind, count(r) AS relations, count(r.note) AS with_note,
     count(DISTINCT a) AS sources, count(DISTINCT b) AS targets
RETURN kind, relations, sources, targets, with_note
ORDER BY relations DESC, kind
