// Title: Terms by their name in lower case
// Answers: finds terms whose name begins with some letters
CREATE INDEX term_key IF NOT EXISTS FOR (t:Term) ON (t.key)
