// Title: Former ids are unique by id
// Answers: one node for one id
CREATE CONSTRAINT former_id IF NOT EXISTS FOR (f:FormerId) REQUIRE f.id IS UNIQUE
