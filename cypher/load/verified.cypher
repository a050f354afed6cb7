// Title: Loads that have nothing to do
// Answers: a JSON text for each load that left the graph as it is now; none when it has changed since, or has no ranks
MATCH (m:Meta {id: 'meta'})
WHERE m.verified_revision = m.revision AND m.ranked_revision = m.revision
RETURN m.verified AS verified
