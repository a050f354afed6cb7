// Title: Take the writer's lease
// Answers: who holds the lease afterwards: ours when it was free, run out, or ours already
// Parameters: token (string), writer (string: whom others are told they wait for), seconds (integer)
MATCH (m:Meta {id: 'meta'})
SET m.asked_by = $token
WITH m, m.writer_token IS NULL OR m.writer_token = $token OR m.writer_until < timestamp() AS free
SET m.writer_token = CASE WHEN free THEN $token ELSE m.writer_token END,
    m.writer = CASE WHEN free THEN $writer ELSE m.writer END,
    m.writer_since = CASE WHEN free THEN timestamp() ELSE m.writer_since END,
    m.writer_until = CASE WHEN free THEN timestamp() + $seconds * 1000 ELSE m.writer_until END
RETURN m.writer_token AS token, m.writer AS writer, m.writer_since AS since
