// Title: Terms are unique by id
// Answers: one term, one node; finds a term by its id
CREATE CONSTRAINT term_id IF NOT EXISTS FOR (t:Term) REQUIRE t.id IS UNIQUE
