// Title: Is the database there?
// Answers: 1 when the database answers
RETURN 1 AS answer
