// Title: Note that importance is up to date
// Answers: nothing; importance and communities are those of this revision, and so is what an explorer starts with
// Parameters: top (list of ids, the most important first), top_importance (list of their importance),
//   categories (list of names, the largest first, '' for none), category_terms (list of how many terms each has)
MATCH (m:Meta {id: 'meta'})
SET m.ranked_revision = m.revision, m.top = $top, m.top_importance = $top_importance,
    m.categories = $categories, m.category_terms = $category_terms
