// Title: Aliases that several terms share
// Answers: each alias, in small letters, that stands for more than one term, or is the name of another
MATCH (t:Term)
UNWIND coalesce(t.aliases, []) + [t.name] AS word
WITH toLower(word) AS word, t
ORDER BY t.name
WITH word, collect(DISTINCT t.name) AS terms
WHERE size(terms) > 1
RETURN word, terms
ORDER BY word
