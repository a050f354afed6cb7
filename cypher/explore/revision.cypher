// Title: Revision of the graph
// Answers: a number that moves with each load or unload that changed something; no row when nothing was ever loaded
MATCH (m:Meta {id: 'meta'})
RETURN m.revision AS revision
