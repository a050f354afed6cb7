// Title: Extend the writer's lease
// Answers: a row when the lease is still ours; none when somebody else has taken it since
// Parameters: token (string), seconds (integer)
MATCH (m:Meta {id: 'meta'})
SET m.asked_by = $token
WITH m
WHERE m.writer_token = $token
SET m.writer_until = timestamp() + $seconds * 1000
RETURN m.writer_until AS until
