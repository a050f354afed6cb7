/* The built language support: what it marks in a statement, and how it goes on. It runs here as it does in its worker. */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");

const ROOT = path.join(__dirname, "../..");
const built = fs.readFileSync(path.join(ROOT, "explorer/lazy/cypher.js"), "utf8");
let asked = null;
let answer = null;
const self = { addEventListener: (_, listener) => (asked = listener), postMessage: (told) => (answer = told.answer) };
vm.runInContext(built, vm.createContext({ self, console, performance }));
function ask(question) {
  answer = null;
  asked({ data: { id: 1, ...question } });
  return JSON.parse(JSON.stringify(answer ?? null));
}
const procedures = [{ name: "db.labels", signature: "db.labels()", description: "" }];
const schema = { labels: ["FormerId", "Meta", "Term", "TermSet"], relationshipTypes: ["RELATED_TO", "DEFINES", "NOW"], propertyKeys: ["name"], procedures };
ask({ what: "know", schema });

test("nothing is wrong with the statements that ship", () => {
  for (const folder of ["library", "explore"]) {
    for (const file of fs.readdirSync(path.join(ROOT, "cypher", folder))) {
      const text = fs.readFileSync(path.join(ROOT, "cypher", folder, file), "utf8");
      assert.deepStrictEqual(ask({ what: "look", text }).marks, [], file);
    }
  }
});

test("what is no Cypher is marked at its place, with what may stand there", () => {
  const [mark] = ask({ what: "look", text: "MATCH (t:Term)\nRETRN t" }).marks;
  assert.deepStrictEqual(mark, { from: 15, to: 20, severity: "error", message: "Unexpected token. Did you mean RETURN?" });
  assert.strictEqual(ask({ what: "look", text: "RETURN 1,," }).marks[0].message, "Expected an expression");
});

test("a label that the graph lacks is a warning, a parameter without a value is none", () => {
  const { marks } = ask({ what: "look", text: "MATCH (t:Trem {id: $term}) RETURN t" });
  assert.deepStrictEqual(marks, [{ from: 9, to: 13, severity: "warning", message: "Label Trem is not in this graph." }]);
});

test("a statement goes on as the graph and the language have it", () => {
  const labels = (text) => ask({ what: "complete", text, at: text.length, manual: true }).map(({ label }) => label);
  assert.deepStrictEqual(labels("MATCH (t:"), schema.labels);
  assert.ok(labels("MATCH ()-[:").includes("RELATED_TO"));
  assert.ok(labels("MATCH (t) RETURN t.").includes("name"));
  assert.ok(labels("CALL db.").includes("labels"));
  assert.ok(labels("MATCH (t) RETURN ").includes("count"));
});
