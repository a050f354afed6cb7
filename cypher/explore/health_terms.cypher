// Title: All terms, for the health page
// Answers: for each category, in columns, what is counted of its terms, also of those that are only referred to
MATCH (t:Term)
WITH t, coalesce(t.defined, true) AS defined, coalesce(t.category, '') AS category
RETURN defined, category, collect(id(t)) AS nodes, collect(t.id) AS ids,
       collect(coalesce(t.importance, 0.0)) AS importance, collect(coalesce(t.community, -1)) AS communities,
       collect(coalesce(t.definition, '') <> '') AS explained, collect(size(coalesce(t.aliases, []))) AS aliases
