/* Words on relations lie on nothing else. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const words = require("../../explorer/assets/words.js");

const line = (id, to, letters = 10, from = { x: 0, y: 0 }) => {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { id, from, to, middle, room: Math.hypot(to.x - from.x, to.y - from.y) - 30, letters };
};
const where = (lines, boxes = []) => words.places(lines, boxes);

test("words stand in the middle of their line; on one that is too short they do not stand", () => {
  assert.deepStrictEqual(where([line("a", { x: 300, y: 0 })]).get("a"), { x: 0, y: 0 });
  assert.strictEqual(where([line("a", { x: 90, y: 0 })]).size, 0);
});

test("they slide along the line off a name that lies there, and are left out where there is no way", () => {
  const name = { x: 150, y: 0, w: 40, h: 16 };
  const by = where([line("a", { x: 300, y: 0 })], [name]).get("a");
  assert.strictEqual(by.y, 0);
  assert.ok(Math.abs(by.x) >= 20 + 31, `${by.x}`);
  assert.strictEqual(where([line("a", { x: 300, y: 0 })], [{ ...name, w: 200 }]).size, 0);
});

test("they lie on what has stepped back only where there is no other way", () => {
  const names = [{ x: 150, y: 0, w: 30, h: 16 }];
  assert.ok(words.places([line("a", { x: 300, y: 0 })], [], names).get("a").x);
  assert.ok(words.places([line("a", { x: 130, y: 0 })], [], [{ x: 65, y: 0, w: 120, h: 16 }]).has("a"));
});

test("the lines of a hub that lie close together have their words one behind the other", () => {
  const lines = [line("a", { x: 300, y: 0 }), line("b", { x: 300, y: 12 }), line("c", { x: 0, y: 300 })];
  const found = where(lines);
  assert.strictEqual(found.size, 3);
  assert.ok(Math.abs(found.get("a").x - found.get("b").x) > 55);
  assert.deepStrictEqual(found.get("c"), { x: 0, y: 0 });
});

test("the tighter line chooses first", () => {
  const found = where([line("long", { x: 400, y: 0 }), line("short", { x: 250, y: 10 }, 25)]);
  assert.deepStrictEqual(found.get("short"), { x: 0, y: 0 });
  assert.ok(Math.abs(found.get("long").x) > 30);
});

test("what is turned away from a line is not in its way", () => {
  const slanted = line("a", { x: 200, y: 200 });
  assert.deepStrictEqual(where([slanted], [{ x: 130, y: 70, w: 40, h: 20 }]).get("a"), { x: 0, y: 0 });
  assert.notDeepStrictEqual(where([slanted], [{ x: 105, y: 95, w: 40, h: 20 }]).get("a"), { x: 0, y: 0 });
});
