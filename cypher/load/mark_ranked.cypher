// Title: Note that importance is up to date
// Answers: nothing; importance and communities are those of this revision
MATCH (m:Meta {id: 'meta'})
SET m.ranked_revision = m.revision
