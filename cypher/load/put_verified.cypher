// Title: Note loads that have nothing to do
// Answers: nothing; these loads would leave the graph as it is in this revision
// Parameters: verified (list of strings: JSON)
MATCH (m:Meta {id: 'meta'})
SET m.verified = $verified, m.verified_revision = m.revision
