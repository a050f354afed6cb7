// Title: Give the writer's lease back
// Answers: nothing; a lease that somebody else took meanwhile stays theirs
// Parameters: token (string)
MATCH (m:Meta {id: 'meta'})
WHERE m.writer_token = $token
SET m.writer_token = null, m.writer = null, m.writer_since = null, m.writer_until = null, m.asked_by = null
