/* Maps read from left to right: paths and reading orders. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const columns = require("../../explorer/assets/columns.js");

const ROOM = { w: 900, h: 620 };
const edge = (source, target) => ({ source, target });
const chain = (length) => Array.from({ length }, (_, at) => ["n" + String(at).padStart(2, "0")]);
const apart = (places) => {
  const points = [...places.values()];
  points.forEach((one, at) =>
    points.slice(at + 1).forEach((other) => assert.ok(Math.abs(one.x - other.x) >= 150 || Math.abs(one.y - other.y) >= 100)),
  );
};

test("one way is one line from left to right", () => {
  const places = columns.places([["a"], ["b"], ["c"], ["d"]], [], ROOM);
  assert.deepStrictEqual([...places.values()].map(({ y }) => y), [0, 0, 0, 0]);
  const across = ["a", "b", "c", "d"].map((id) => places.get(id).x);
  assert.deepStrictEqual(across, [...across].sort((a, b) => a - b));
  assert.ok(across[1] > across[0]);
});

test("parallel ways are stacked about the line of both ends", () => {
  const places = columns.places([["a"], ["b", "c", "d"], ["e"]], [], ROOM);
  assert.strictEqual(new Set(["b", "c", "d"].map((id) => places.get(id).x)).size, 1);
  assert.strictEqual(places.get("a").y, places.get("c").y);
  assert.strictEqual(places.get("e").y, places.get("c").y);
  apart(places);
});

test("a line too long to be read goes on below, as text does", () => {
  const places = columns.places(chain(16), [], ROOM);
  assert.strictEqual(places.size, 16);
  assert.ok(places.get("n15").y > places.get("n00").y);
  assert.ok(places.get("n15").x < 16 * 160 - 160);
  apart(places);
});

test("a layer of thirty stands in several columns, and nobody lies on anybody", () => {
  const layers = [Array.from({ length: 30 }, (_, at) => "x" + at), ["y"], ["z"]];
  const places = columns.places(layers, [], ROOM);
  assert.strictEqual(places.size, 32);
  assert.ok(layers[0].every((id) => places.get(id).x < places.get("y").x || places.get(id).y < places.get("y").y));
  apart(places);
});

test("terms stand beside those that they relate to", () => {
  const order = columns.order([["a", "b"], ["c", "d"]], [edge("a", "d"), edge("c", "b")]);
  assert.deepStrictEqual(order, [["a", "b"], ["d", "c"]]);
});

test("the same columns get the same places, whatever the window before, and are not changed", () => {
  const given = [["a"], ["b", "c"], ["constructor", "__proto__"], ["d"]];
  const before = structuredClone(given);
  const edges = [edge("a", "b"), edge("b", "constructor"), edge("c", "__proto__")];
  assert.deepStrictEqual(columns.places(given, edges, ROOM), columns.places(given, edges, ROOM));
  assert.deepStrictEqual(given, before);
});

test("a narrow window and an empty column are no errors", () => {
  assert.strictEqual(columns.places([["a"], [], ["b"]], [], { w: 100, h: 80 }).size, 2);
});

test("the first layout is called as what it draws", () => {
  const named = (view) => columns.first({ path: [], reading: "", ...view });
  assert.deepStrictEqual([{}, { path: ["a", "b"] }, { reading: "a" }].map(named), ["Organic", "Left to right", "Left to right"]);
});

test("on a phone a path goes from top to bottom", () => {
  const phone = { w: 358, h: 340 };
  const places = columns.places([["a"], ["b", "c", "d"], ["e"]], [edge("a", "b"), edge("d", "e")], phone);
  const [a, b, c, d, e] = [..."abcde"].map((id) => places.get(id));
  assert.ok(a.y < b.y && b.y === c.y && c.y === d.y && d.y < e.y);
  assert.ok(a.x === c.x && c.x === e.x);
  const many = columns.places([Array.from({ length: 9 }, (_, at) => "m" + at), ["z"]], [], phone);
  const across = [...many.values()].map(({ x }) => x);
  assert.ok(Math.max(...across) - Math.min(...across) + 132 < phone.w / 0.65);
  apart(many);
});

const crossings = (places, edges) => {
  const side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
  const lines = edges.map(({ source, target }) => [places.get(source), places.get(target)]);
  const cross = ([a, b], [c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  return lines.flatMap((one, at) => lines.slice(at + 1).filter((other) => cross(one, other))).length;
};

test("terms of a layer change places so that lines that leap over layers do not cross", () => {
  const layers = [["a", "b", "c"], ["x"], ["d", "e", "f"]];
  const edges = [edge("a", "f"), edge("b", "e"), edge("c", "d"), edge("a", "x"), edge("x", "f")];
  assert.strictEqual(crossings(columns.places(layers, edges, ROOM), edges), 0);
});

test("of sixty terms in layers few lines cross that need not", () => {
  const layers = Array.from({ length: 6 }, (_, layer) => Array.from({ length: 10 }, (_, at) => `n${layer}-${at}`));
  // Each line joins terms of the same place, whose order in the layers is shuffled: all could be drawn without a crossing.
  const edges = layers.flatMap((ids, layer) => (layer ? ids.map((id, at) => edge(layers[Math.max(0, layer - 1 - (at % 2))][at], id)) : []));
  const shuffled = layers.map((ids, layer) => ids.map((_, at) => ids[(at * 7 + layer * 3) % 10]));
  const found = crossings(columns.places(shuffled, edges, { w: 4000, h: 3000 }), edges);
  assert.ok(found < 60, `${found} crossings`);
});
