// Title: Create terms
// Answers: nothing; terms with the properties of the rows
// Parameters: rows (list of {id, name, key, definition, explanation, category, aliases, aliases_text, defined})
UNWIND $rows AS row
CREATE (t:Term {
  id: row.id, name: row.name, key: row.key, definition: row.definition, explanation: row.explanation,
  category: row.category, aliases: row.aliases, aliases_text: row.aliases_text, defined: row.defined
})
