/* The page that stands alone: search, and how terms know their neighbours. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { index, find } = require("../../explorer/page_export/find.js");
const { read, grouped, textOf } = require("../../explorer/page_export/book.js");

const term = (name, aliases = [], text = "") => ({ name, aliases, text });
const INDEXED = index([
  term("Large Language Model", ["LLM"], "A model of language."),
  term("Model", [], "A copy of a part of the world."),
  term("Modelling"),
  term("Café C++", [], "With \"quotes\" and (brackets)."),
]);
const hits = (words) => find(INDEXED, words, 9).map(({ place }) => place);

test("the name itself comes first, then beginnings, then words within", () => {
  assert.deepStrictEqual(hits("model"), [1, 2, 0]);
});

test("an alias is found and said to be one; a word of the definition too", () => {
  assert.deepStrictEqual(find(INDEXED, "llm", 9), [{ place: 0, rank: 1, why: "alias: LLM" }]);
  assert.deepStrictEqual(find(INDEXED, "world copy", 9).map(({ why }) => why), ["in the definition"]);
});

test("accents, case and signs of all sorts are text", () => {
  for (const words of ["cafe", "CAFÉ", "c++", "(brackets)", '"quotes"']) assert.deepStrictEqual(hits(words), [3], words);
  assert.deepStrictEqual(hits("   "), []);
  assert.deepStrictEqual(hits(".*"), []);
});

const DATA = {
  title: "T",
  sets: [],
  categories: [["", 24, 8, 0, 3]],
  kinds: [["related", "is related to", "is related to", "solid", "none", 1], ["uses", "uses", "is used by", "solid", "vee", 0]],
  terms: ["a", "b", "c"].map((id) => [id, id.toUpperCase(), ["see ", [1, "B"], ["em", ["x", ["br", []]]]], [], "", [], [], 20, 14, 1]),
  relations: [[0, "uses", 1, "why"], [0, "related", 2, ""]],
  places: [],
  styles: {},
};

test("a relation is told from either side, the plain one last", () => {
  const { terms } = read(DATA);
  assert.deepStrictEqual(grouped(terms[0]).map(({ words, lines }) => [words, lines[0].to]), [["uses", 1], ["is related to", 2]]);
  assert.deepStrictEqual(grouped(terms[1]).map(({ words, lines }) => [words, lines[0].to, lines[0].note]), [["is used by", 0, "why"]]);
});

test("a text with structure is searched as its words", () => {
  assert.strictEqual(textOf(DATA.terms[0][2]), "see Bx");
});
