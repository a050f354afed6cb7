/* What hides and shows, as changes of the view. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const view = require("../../explorer/assets/view.js");

const PLAIN = view.parse("");
const SETS = ["kg", "ai", "wheel"];

test("only one stays of a group, in the order that the address has", () => {
  const one = view.only(PLAIN, "hiddenSets", "kg", SETS);
  assert.strictEqual(view.address(one), "?hide-set=ai&hide-set=wheel");
  assert.deepStrictEqual(view.parse(view.address(one)), one);
});

test("only one stays whatever of the group was hidden before, and the other groups stay as they are", () => {
  const before = view.toggleSet(view.toggleKind(PLAIN, "uses"), "kg");
  assert.strictEqual(view.address(view.only(before, "hiddenSets", "kg", SETS)), "?hide-set=ai&hide-set=wheel&hide-kind=uses");
});

test("only the only one brings the others back", () => {
  const one = view.only(PLAIN, "hidden", "Models", ["Models", "Data", "-"]);
  assert.deepStrictEqual(one.hidden, ["-", "Data"]);
  assert.deepStrictEqual(view.only(one, "hidden", "Models", ["Models", "Data", "-"]), PLAIN);
});

test("terms that were taken off come back one by one or all at once, and nothing else does", () => {
  const off = view.toggle(view.without(view.without(PLAIN, "rag"), "llm"), "Models");
  assert.deepStrictEqual(view.show(off, "rag").without, ["llm"]);
  assert.deepStrictEqual(view.show(off, "nix").without, ["rag", "llm"]);
  assert.strictEqual(view.address(view.showTerms(off)), "?hide=Models");
});
