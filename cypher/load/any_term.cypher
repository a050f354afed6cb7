// Title: Any term
// Answers: whether there are Term nodes at all, ours or somebody else's
MATCH (t:Term) RETURN t.id AS id LIMIT 1
