// Title: Revision of the graph
// Answers: which graph this is, and a number that moves with each load or unload that changed something; no row when
//   nothing was ever loaded
MATCH (m:Meta {id: 'meta'})
RETURN coalesce(m.graph_id, '') AS graph_id, m.revision AS revision
