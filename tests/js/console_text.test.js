/* Parameters of a statement, and the history of statements. */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const statement = require("../../explorer/assets/console_text.js");

test("parameters are found where they are some", () => {
  const text = "// $no\nMATCH (t {id: $term}) /* $no */ WHERE t.name <> '$no' AND t.x = \"$no\" AND t.`$no` < $limit\nRETURN $term, $größe";
  assert.deepStrictEqual(statement.used(text), ["term", "limit", "größe"]);
  assert.deepStrictEqual(statement.used("RETURN 'unfinished $a"), []);
});

test("what the head declares is typed, the rest may be anything", () => {
  const text =
    '// Title: T\n// Parameter: limit: integer = 10 -- how many\n// Parameter: kinds: strings = ["a", "b"]\n' +
    "// Parameter: term: term -- must be given\nRETURN $kinds, $limit, $other, $term";
  assert.deepStrictEqual(statement.fields(text, [["limit", "7"], ["gone", "x"]]), [
    { name: "kinds", type: "strings", help: "", text: "a, b" },
    { name: "limit", type: "integer", help: "how many", text: "7" },
    { name: "other", type: "any", help: "", text: "" },
    { name: "term", type: "term", help: "must be given", text: "" },
  ]);
});

test("every query of the library has a typed field for each parameter that it uses", () => {
  const folder = path.join(__dirname, "../../cypher/library");
  for (const file of fs.readdirSync(folder)) {
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    const fields = statement.fields(text);
    assert.ok(fields.every(({ type }) => type !== "any"), file);
    assert.strictEqual(fields.length, statement.declared(text).size, file);
  }
});

test("the history: the newest first, each statement once, fifty of them", () => {
  let history = [];
  for (let number = 0; number < 60; number += 1) history = statement.remember(history, { text: `RETURN ${number}`, given: [], at: number });
  assert.strictEqual(history.length, 50);
  history = statement.remember(history, { text: "RETURN 30", given: [["a", "1"]], at: 99 });
  assert.deepStrictEqual(history[0], { text: "RETURN 30", given: [["a", "1"]], at: 99 });
  assert.strictEqual(history.filter(({ text }) => text === "RETURN 30").length, 1);
  assert.strictEqual(statement.remember(history, { text: "  ", given: [], at: 100 }), history);
});

test("what was stored is a history as far as it is one", () => {
  assert.deepStrictEqual(statement.restored("no JSON"), []);
  assert.deepStrictEqual(statement.restored('{"text": 1}'), []);
  const stored = JSON.stringify([{ text: "RETURN 1", given: [["a", "1"], ["b"]], at: 5 }, { text: 7 }, null, { text: "x" }]);
  assert.deepStrictEqual(statement.restored(stored), [{ text: "RETURN 1", given: [["a", "1"]], at: 5 }]);
});

test("a statement is called by its title, or by its words", () => {
  assert.strictEqual(statement.title("// Title: Islands\nMATCH (t) RETURN t"), "Islands");
  assert.strictEqual(statement.title("// why\nMATCH (t)\n  RETURN t"), "MATCH (t) RETURN t");
});
