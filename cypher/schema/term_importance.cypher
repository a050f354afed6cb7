// Title: Terms by importance
// Answers: finds the most important terms without reading all
CREATE INDEX term_importance IF NOT EXISTS FOR (t:Term) ON (t.importance)
