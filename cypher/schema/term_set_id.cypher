// Title: Term sets are unique by id
// Answers: one node for one id
CREATE CONSTRAINT term_set_id IF NOT EXISTS FOR (s:TermSet) REQUIRE s.id IS UNIQUE
