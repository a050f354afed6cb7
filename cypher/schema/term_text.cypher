// Title: Full text of terms
// Answers: finds terms by words of their name, aliases or definition
// Engine: neo4j
CREATE FULLTEXT INDEX term_text IF NOT EXISTS FOR (t:Term) ON EACH [t.name, t.aliases_text, t.definition]
