// Title: Find words
// Answers: the terms whose name, aliases or definition hold the words, the best match first; `word~` finds what is spelt
//   alike, `wor*` what begins so
// Parameter: words: string = "neural network" -- what to look for, in Lucene's syntax
// Parameter: limit: integer = 20 -- how many terms
CALL db.index.fulltext.queryNodes('term_text', $words) YIELD node, score
RETURN node.id AS id, node.name AS term, node.definition AS definition, score
ORDER BY score DESC, id
LIMIT $limit
