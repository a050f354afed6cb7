// Title: Remove former ids
// Answers: nothing; no set knows these former ids any more
// Parameters: ids (list of strings)
UNWIND $ids AS wanted
MATCH (f:FormerId {id: wanted})
DETACH DELETE f
