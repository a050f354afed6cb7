// Title: How much there is
// Answers: the number of defined terms, of terms only referred to, and of relations
CALL { MATCH (t:Term) WHERE t.defined RETURN count(t) AS terms }
CALL { MATCH (u:Term) WHERE NOT u.defined RETURN count(u) AS undefined }
CALL { MATCH ()-[r:RELATED_TO]->() RETURN count(r) AS relations }
RETURN terms, undefined, relations
