/* Names on a map that is seen from afar. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const far = require("../../explorer/assets/far.js");
const place = require("../../explorer/assets/place.js");

const node = (id, x, y, font = 14) => ({ id, x, y, size: 20, label: "a".repeat(8), font });
const readable = (nodes, times) => far.readable(nodes, times, place);
const row = (count, apart) => [...Array(count).keys()].map((at) => node(`${at}`, at * apart, 0));

test("from afar the least name has letters of twelve pixels; nearer, where it is shown, all stay as they are", () => {
  for (const zoom of [0.1, 0.25, 0.5]) assert.ok(Math.abs(14 * zoom * far.timesAt(zoom, 14) - 12) < 1e-9, `${zoom}`);
  for (const zoom of [0.6, 1, 3]) assert.strictEqual(far.timesAt(zoom, 14), 1);
  assert.strictEqual(far.timesAt(0.5, 16), 1);
});

test("a name that would lie on one before it is left as it is; others have room", () => {
  assert.deepStrictEqual(readable([node("a", 0, 0), node("b", 60, 5), node("c", 0, 900), node("d", -2000, 0)], 4), ["a", "c", "d"]);
});

test("the first names may lie on other terms, those after them may not", () => {
  const [crowded, under] = [node("crowded", 0, 3000), node("under", 0, 3045)];
  assert.ok(readable([crowded, under, ...row(12, 5000)], 4).includes("crowded"));
  assert.ok(!readable([...row(12, 5000), crowded, under], 4).includes("crowded"));
  assert.ok(readable([...row(12, 5000), crowded], 4).includes("crowded"));
});

test("of many terms that stand apart no more names are written than can be read", () => {
  assert.strictEqual(readable(row(60, 5000), 4).length, 40);
});
