// Title: Create terms that a set defines
// Answers: terms, which must not be there yet, each with a DEFINES relationship that holds the set's entry as JSON
// Parameters: set (string), rows (list of {id, properties, entry, role, checksum})
MATCH (s:TermSet {id: $set})
UNWIND $rows AS row
WITH s, row, row.properties AS p
CREATE (s)-[:DEFINES {entry: row.entry, role: row.role, checksum: row.checksum}]->(t:Term {
  id: row.id, name: p.name, key: p.key, definition: p.definition, explanation: p.explanation, category: p.category,
  aliases: p.aliases, aliases_text: p.aliases_text, defined: p.defined
})
RETURN count(*) AS written
