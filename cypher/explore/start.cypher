// Title: What a map starts with
// Answers: the most important terms and the categories of this revision; no row when they are not known yet
MATCH (m:Meta {id: 'meta'})
WHERE m.ranked_revision = m.revision AND m.top IS NOT NULL
RETURN m.top AS top, m.top_importance AS top_importance, m.categories AS categories, m.category_terms AS category_terms
