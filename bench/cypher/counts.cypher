// Title: How much there is
// Answers: the numbers of terms, entries and relations
CALL { MATCH (t:Term) RETURN count(t) AS terms }
CALL { MATCH ()-[d:DEFINES]->() RETURN count(d) AS entries }
CALL { MATCH ()-[r:RELATED_TO]->() RETURN count(r) AS relations }
RETURN terms, entries, relations
