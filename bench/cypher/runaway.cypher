// Title: A query that does not end
// Answers: nothing within hours
MATCH (a:Term), (b:Term), (c:Term), (d:Term), (e:Term)
WHERE a.name + b.name + c.name = d.name + e.name
RETURN count(*) AS pairs
