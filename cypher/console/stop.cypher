// Title: Stop a query
// Answers: what became of the transactions that carry this mark, in their metadata (Neo4j) or in their text (ArcadeDB):
//   they are ended
// Parameters: mark (string: what the query was marked with)
SHOW TRANSACTIONS
YIELD transactionId AS id, metaData, currentQuery
WHERE metaData.conceptmap = $mark OR currentQuery CONTAINS $mark
TERMINATE TRANSACTIONS id
YIELD message
RETURN message
