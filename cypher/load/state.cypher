// Title: The state of the graph
// Answers: whether this is a graph of ours: its schema version and revision, and who is writing, if anybody is
MATCH (m:Meta {id: 'meta'})
RETURN m.schema_version AS schema_version, m.revision AS revision, m.ranked_revision AS ranked_revision,
       CASE WHEN m.writer_until >= timestamp() THEN m.writer END AS writer
