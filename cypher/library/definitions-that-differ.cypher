// Title: Definitions that two sets give differently
// Answers: for each term that two sets define in other words, both definitions
// Parameter: limit: integer = 100 -- how many pairs
MATCH (a:TermSet)-[one:DEFINES]->(t:Term)<-[other:DEFINES]-(b:TermSet)
WHERE a.id < b.id AND one.checksum <> other.checksum
WITH t, a.id AS set, b.id AS other_set,
     split(replace(replace(one.entry, '\\\\', '␁'), '\\"', '␂'), '"definition":"')[1] AS from_one,
     split(replace(replace(other.entry, '\\\\', '␁'), '\\"', '␂'), '"definition":"')[1] AS from_other
WITH t, set, other_set, split(from_one, '"')[0] AS text_one, split(from_other, '"')[0] AS text_other
WHERE text_one <> text_other
RETURN t.id AS id, t.name AS term, set, replace(replace(text_one, '␂', '"'), '␁', '\\') AS definition,
       other_set, replace(replace(text_other, '␂', '"'), '␁', '\\') AS other_definition
ORDER BY id, set, other_set
LIMIT $limit
