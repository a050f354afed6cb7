// Title: Property keys
// Answers: the names that properties have, for the completion in the console: those that the server tells (ArcadeDB
//   tells only those that have a type), and those of some terms, relations and sets
CALL db.propertyKeys() YIELD propertyKey
RETURN propertyKey AS name
UNION
MATCH (t:Term)
WITH t LIMIT 100
UNWIND keys(t) AS name
RETURN name
UNION
MATCH (:Term)-[r:RELATED_TO]->(:Term)
WITH r LIMIT 100
UNWIND keys(r) AS name
RETURN name
UNION
MATCH (s:TermSet)
WITH s LIMIT 10
UNWIND keys(s) AS name
RETURN name
