/* The view and its address: the same table of cases as the Python (tests/unit/test_explorer_view.py), and the actions. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const view = require("../../explorer/assets/view.js");
const cases = require("./views.json");

const PLAIN = view.parse("");
const full = (given) => ({
  ...PLAIN,
  ...given,
  opened: (given.opened || []).map(([term, batches]) => ({ term, batches })),
});

for (const { address, view: given } of cases) {
  test(`${address || "the overview"} is a view and back`, () => {
    assert.deepStrictEqual(view.parse(address), full(given));
    assert.strictEqual(view.address(full(given)), address);
  });
}

test("what is not understood is left out", () => {
  for (const nonsense of ["?depth=9", "?part=a", "?path=a", "?path=a,b,c", "?layout=zigzag", "?open=,,", "?open=~3", "?%", "?term=&term="]) {
    assert.deepStrictEqual(view.parse(nonsense), PLAIN, nonsense);
  }
});

test("selecting opens a term once; more of its neighbours come when asked for", () => {
  const once = view.select(PLAIN, "rag");
  assert.deepStrictEqual(once.opened, [{ term: "rag", batches: 1 }]);
  assert.deepStrictEqual(view.select(once, "rag"), once);
  assert.deepStrictEqual(view.more(once, "rag").opened, [{ term: "rag", batches: 2 }]);
  const other = view.more(view.select(once, "llm"), "rag");
  assert.deepStrictEqual(other.opened.map((one) => one.term), ["rag", "llm", "rag"]);
});

test("walking selects and brings nobody in", () => {
  assert.deepStrictEqual(view.walk(PLAIN, "rag").opened, []);
});

test("focus begins a map of its own; the overview ends it and keeps what is hidden", () => {
  const hidden = view.toggle(view.select(PLAIN, "rag"), "Models");
  const focused = view.depth(view.focus(hidden, "rag"), 2);
  assert.strictEqual(view.address(focused), "?term=rag&focus=rag&depth=2&hide=Models");
  assert.strictEqual(view.address(view.overview(focused)), "?hide=Models");
});

test("a category is hidden and shown again", () => {
  const hidden = view.toggle(PLAIN, "Models");
  assert.deepStrictEqual(hidden.hidden, ["Models"]);
  assert.deepStrictEqual(view.toggle(hidden, "Models"), PLAIN);
  assert.deepStrictEqual(view.unhide(hidden), PLAIN);
});

test("a path, a reading order and a focus are maps of their own", () => {
  const busy = view.toggleKind(view.select(view.focus(PLAIN, "llm"), "rag"), "uses");
  assert.strictEqual(view.address(view.path(busy, "a", "b")), "?path=a,b&hide-kind=uses");
  assert.strictEqual(view.address(view.reading(busy, "a")), "?reading=a&hide-kind=uses");
  assert.strictEqual(view.address(view.focus(view.path(busy, "a", "b"), "c")), "?term=c&focus=c&hide-kind=uses");
});

test("what a term brought in goes again, however often it was opened", () => {
  const opened = view.more(view.select(view.more(view.select(PLAIN, "rag"), "rag"), "llm"), "rag");
  assert.deepStrictEqual(view.collapse(opened, "rag").opened, [{ term: "llm", batches: 1 }]);
});

test("a term taken off the map comes back when it is selected, or with everything", () => {
  const gone = view.without(view.without(view.select(PLAIN, "rag"), "rag"), "llm");
  assert.strictEqual(gone.term, "");
  assert.deepStrictEqual(view.without(gone, "rag").without, ["rag", "llm"]);
  assert.deepStrictEqual(view.select(gone, "rag").without, ["llm"]);
  assert.deepStrictEqual(view.unhide(gone).without, []);
});

test("the health page lies over the map, and selecting a term closes it", () => {
  const page = view.health(view.select(PLAIN, "rag"), "ai", "orphans");
  assert.strictEqual(view.address(page), "?term=rag&open=rag&health=ai&part=orphans");
  assert.strictEqual(view.address(view.select(page, "llm")), "?term=llm&open=rag,llm");
  assert.strictEqual(view.address(view.health(page, "")), "?term=rag&open=rag");
});
