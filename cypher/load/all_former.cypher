// Title: All former ids
// Answers: every former id, with the terms that claim it
MATCH (f:FormerId)
RETURN f.id AS old, f.terms AS terms
