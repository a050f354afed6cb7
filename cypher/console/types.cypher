// Title: Types of relationships
// Answers: the types that relationships have, for the completion in the console
CALL db.relationshipTypes() YIELD relationshipType
RETURN relationshipType AS name
ORDER BY name
