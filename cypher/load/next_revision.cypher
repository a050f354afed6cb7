// Title: Move the revision on
// Answers: the new revision, by which explorers know that something changed
MATCH (m:Meta {id: 'meta'})
SET m.revision = m.revision + 1
RETURN m.revision AS revision
