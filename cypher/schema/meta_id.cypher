// Title: The graph has one Meta node, unique by id
// Answers: one node for one id
CREATE CONSTRAINT meta_id IF NOT EXISTS FOR (m:Meta) REQUIRE m.id IS UNIQUE
