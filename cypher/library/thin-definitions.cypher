// Title: The shortest definitions
// Answers: the defined terms whose definition has the fewest letters: candidates for another look
// Parameter: below: integer = 80 -- leave out definitions of so many letters and more
// Parameter: limit: integer = 20 -- how many terms
MATCH (t:Term)
WHERE t.defined AND coalesce(t.definition, '') <> '' AND size(t.definition) < $below
RETURN t.id AS id, t.name AS term, size(t.definition) AS letters, t.definition AS definition
ORDER BY letters, id
LIMIT $limit
