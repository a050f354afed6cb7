/* Values of the database as text, in an order, as files, and the terms among them. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const values = require("../../explorer/assets/console_values.js");

const node = (element, name, labels = ["Term"]) => ({ element, labels, properties: { id: name.toLowerCase(), name } });
const relation = (element, from, to, kind = "uses") => ({
  element, type: "RELATED_TO", from: null, to: null, from_element: from, to_element: to, properties: { kind },
});
const [rag, llm, set] = [node("1", "RAG"), node("2", "LLM"), { element: "3", labels: ["TermSet"], properties: { id: "ai", title: "AI" } }];
const uses = relation("9", "1", "2");

test("each value is a text of its own: nothing at all, no text, and the word null are three", () => {
  assert.deepStrictEqual([null, "", "null", true, 0, -1.5].map(values.text), ["null", "", "null", "true", "0", "-1.5"]);
  assert.strictEqual(values.text([null, "a, b", 1, { x: "null" }]), '[null, "a, b", 1, {x: "null"}]');
  assert.strictEqual(values.text({ srid: 7203, coordinates: [1, 2] }), "{srid: 7203, coordinates: [1, 2]}");
  assert.strictEqual(values.text("9007199254740993"), "9007199254740993");
  assert.strictEqual(values.text("2026-01-02T03:04:05+01:00[Europe/Berlin]"), "2026-01-02T03:04:05+01:00[Europe/Berlin]");
});

test("a floating number without a fraction is none of the integers, where the browser tells how it was written", () => {
  const told = JSON.rawJSON ? "2.0" : "2";
  const { rows } = values.read('{"rows": [[2.0, 10, "3.0", {"a": [2.0, -1.5]}, null]], "seconds": 1.0}');
  assert.deepStrictEqual(rows[0].map(values.text), [told, "10", "3.0", `{a: [${told}, -1.5]}`, "null"]);
  assert.strictEqual(JSON.stringify(rows), `[[${told},10,"3.0",{"a":[${told},-1.5]},null]]`);
  assert.deepStrictEqual([rows[0][1], rows[0][0]].sort(values.compare).map(Number), [2, 10]);
  assert.ok(values.numeric(rows, 0) && !values.numeric(rows, 2));
  assert.strictEqual(values.read('{"rows": [[2]]}').rows[0][0], 2);
});

test("nodes, relationships and paths read as on the map", () => {
  assert.deepStrictEqual([rag, set, uses].map(values.text), ["(RAG)", "(AI)", "[uses]"]);
  assert.strictEqual(values.text({ element: "4", labels: ["Meta"], properties: {} }), "(Meta)");
  assert.strictEqual(values.text({ path: [rag, uses, llm] }), "(RAG)-[uses]->(LLM)");
  assert.strictEqual(values.text({ path: [llm, uses, rag] }), "(LLM)<-[uses]-(RAG)");
  assert.strictEqual(values.text({ path: [rag, uses, llm, "…"] }), "(RAG)-[uses]->(LLM)…");
  assert.strictEqual(values.text({ path: [rag, "…", "…"] }), "(RAG)…");
  assert.strictEqual(values.text([rag, llm]), "[(RAG), (LLM)]");
});

test("what a person's map only looks like is no node", () => {
  assert.strictEqual(values.text({ element: "1", labels: "Term" }), '{element: "1", labels: "Term"}');
  assert.strictEqual(values.text({ path: [1], other: 2 }), "{path: [1], other: 2}");
});

test("columns are sorted by value: whole numbers exactly, nothing at all last", () => {
  const sorted = (list) => list.slice().sort(values.compare);
  assert.deepStrictEqual(sorted([10, 9, null, 2]), [2, 9, 10, null]);
  assert.deepStrictEqual(sorted(["9007199254740993", "9007199254740992", 5]), [5, "9007199254740992", "9007199254740993"]);
  assert.deepStrictEqual(sorted(["b10", "b9", "a"]), ["a", "b9", "b10"]);
});

test("CSV: quotes where they are needed, an empty text is not nothing", () => {
  const rows = [[null, ""], ['say "hi"', "a,b"], ["two\nlines", [1, null]]];
  assert.strictEqual(values.csv(["a", "b,c"], rows), 'a,"b,c"\r\n,""\r\n"say ""hi""","a,b"\r\n"two\nlines","[1, null]"\r\n');
});

test("for a spreadsheet's cells a text has no tabs and no lines", () => {
  assert.strictEqual(values.tabbed(["a", "b"], [["x\ty\nz", 1]]), "a\tb\nx y z\t1");
});

test("the graph of a result: each node once, relationships whose ends are there", () => {
  const found = values.graph([[{ path: [rag, uses, llm] }, [rag, { deep: set }]], [null, relation("8", "1", "77")]]);
  assert.deepStrictEqual(found, { nodes: [rag, llm, set], relationships: [uses], left: 0 });
  assert.deepStrictEqual(values.terms(found.nodes), ["rag", "llm"]);
  assert.strictEqual(values.graph([[rag, llm, set]], 2).left, 1);
});

test("rows as objects by the names of their columns", () => {
  assert.deepStrictEqual(values.objects(["a", "b"], [[1, null]]), [{ a: 1, b: null }]);
});
