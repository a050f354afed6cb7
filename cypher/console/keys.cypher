// Title: Property keys
// Answers: the names that properties have, for the completion in the console
CALL db.propertyKeys() YIELD propertyKey
RETURN DISTINCT propertyKey AS name
ORDER BY name
