/* The steps of the reader, taken back and done again, and how they are told. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const history = require("../../explorer/assets/history.js");
const view = require("../../explorer/assets/view.js");

const PLAIN = view.parse("");
const state = (address, more) => ({ address, arrangement: 1, ...more });
const walked = (...addresses) => addresses.reduce((so, one) => history.record(so, state(one)), history.begin(state("")));
const address = (so) => history.now(so).address;

test("steps are taken back one after the other, and done again", () => {
  const three = walked("?a", "?b");
  const back = history.undo(three);
  assert.strictEqual(address(back), "?a");
  assert.strictEqual(address(history.undo(back)), "");
  assert.ok(!history.canUndo(history.undo(back)));
  assert.strictEqual(address(history.redo(back)), "?b");
  assert.ok(!history.canRedo(three));
});

test("a new step after an undo ends what could be done again", () => {
  const other = history.record(history.undo(walked("?a", "?b")), state("?c"));
  assert.ok(!history.canRedo(other));
  assert.deepStrictEqual(other.states.map((one) => one.address), ["", "?a", "?c"]);
});

test("looking at one term after the other is one step", () => {
  const light = (so, to) => history.record(so, state(to, { light: true }));
  const looked = light(light(light(walked("?a"), "?term=1"), "?term=2"), "?term=3");
  assert.strictEqual(address(history.undo(looked)), "?a");
  assert.strictEqual(address(history.redo(history.undo(looked))), "?term=3");
  assert.strictEqual(light(history.undo(looked), "?term=9").states.length, 3);
});

test("a hundred steps can be taken back, and older ones are forgotten", () => {
  let so = history.begin(state(""));
  for (let step = 1; step <= 150; step += 1) so = history.record(so, state("?" + step));
  for (let step = 0; step < 100; step += 1) {
    assert.ok(history.canUndo(so));
    so = history.undo(so);
  }
  assert.strictEqual(address(so), "?50");
  assert.ok(!history.canUndo(so));
});

test("the present state is amended, and no step is added", () => {
  const so = history.amend(walked("?a"), { arrangement: 7 });
  assert.strictEqual(history.now(so).arrangement, 7);
  assert.strictEqual(so.states.length, 2);
  assert.strictEqual(so.states[0].arrangement, 1);
});

test("only another term, or a search, is a light step", () => {
  const opened = view.select(PLAIN, "rag");
  assert.ok(history.isLight(opened, view.walk(opened, "llm")));
  assert.ok(history.isLight(opened, view.find(opened, "graph")));
  assert.ok(!history.isLight(opened, view.select(opened, "llm")));
  assert.ok(!history.isLight(opened, view.arrange(opened, "grid")));
});

const NAMES = { rag: "RAG", llm: "Large Language Model" };
const told = (before, after) => history.told(before, after, (term) => NAMES[term] || term);
const rag = view.select(PLAIN, "rag");
const both = view.select(rag, "llm");
const hidden = view.without(view.toggle(rag, "Models"), "llm");

for (const [words, before, after] of [
  ["selected RAG", PLAIN, rag],
  ["selected Large Language Model", rag, both],
  ["selected RAG", both, view.select(both, "rag")],
  ["expanded RAG", rag, view.more(rag, "rag")],
  ["expanded RAG", view.walk(PLAIN, "rag"), view.more(view.walk(PLAIN, "rag"), "rag")],
  ["collapsed RAG", view.more(both, "rag"), view.collapse(both, "rag")],
  ["collapsed RAG", rag, view.collapse(rag, "rag")],
  ["took neighbours off again", view.more(rag, "rag"), rag],
  ["hid Large Language Model", rag, view.without(rag, "llm")],
  ["hid RAG", rag, view.without(rag, "rag")],
  ["showed Large Language Model again", view.without(rag, "llm"), rag],
  ["selected Large Language Model", view.without(rag, "llm"), view.select(view.without(rag, "llm"), "llm")],
  ["hid the category Models", rag, view.toggle(rag, "Models")],
  ["showed the category Models again", view.toggle(rag, "Models"), rag],
  ["hid terms without a category", rag, view.toggle(rag, "-")],
  ["hid the set ai", rag, view.toggleSet(rag, "ai")],
  ["hid relations of the kind uses", rag, view.toggleKind(rag, "uses")],
  ["showed all that was hidden", hidden, view.unhide(hidden)],
  ["focused on Large Language Model", rag, view.focus(rag, "llm")],
  ["set the depth to 2 hops", view.focus(rag, "llm"), view.depth(view.focus(rag, "llm"), 2)],
  ["went to the overview", view.focus(rag, "llm"), PLAIN],
  ["went to the overview", both, view.overview(both)],
  ["asked for the path from RAG to Large Language Model", rag, view.path(rag, "rag", "llm")],
  ["asked what to read before RAG", rag, view.reading(rag, "rag")],
  ["chose the grid layout", rag, view.arrange(rag, "grid")],
  ["searched for “graph”", rag, view.find(rag, "graph")],
  ["deselected RAG", rag, view.deselect(rag)],
  ["opened the health page", rag, view.health(rag, "ai")],
]) {
  test(`it is told that the reader ${words}: ${view.address(before)} to ${view.address(after)}`, () => {
    assert.strictEqual(told(before, after), words);
  });
}
