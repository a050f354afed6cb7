// Title: Install the Meta node
// Answers: makes the graph ours; nothing changes when it is already
// Parameters: schema_version (integer), graph_id (string: no other graph has it)
MERGE (m:Meta {id: 'meta'})
  ON CREATE SET m.schema_version = $schema_version, m.revision = 0, m.graph_id = $graph_id
RETURN m.schema_version AS schema_version
