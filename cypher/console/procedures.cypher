// Title: Procedures
// Answers: the procedures that the server knows, with what they take and give, for the completion in the console
// Engine: neo4j
SHOW PROCEDURES YIELD name, signature, description
RETURN name, signature, description
ORDER BY name
