// Title: The state of the graph
// Answers: whether this is a graph of ours: its schema version and revision, and who is writing
MATCH (m:Meta {id: 'meta'})
RETURN m.schema_version AS schema_version, m.revision AS revision, m.ranked_revision AS ranked_revision,
       m.writer AS writer, m.writer_until AS writer_until
