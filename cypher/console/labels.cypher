// Title: Labels
// Answers: the labels that nodes have, for the completion in the console
CALL db.labels() YIELD label
RETURN label AS name
ORDER BY name
