/* The map as an SVG drawing. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const svg = require("../../explorer/assets/svg.js");

const term = (more = {}) => ({
  x: 10,
  y: 20,
  width: 30,
  height: 30,
  shape: "ellipse",
  fill: "rgb(1,2,3)",
  fillOpacity: 1,
  opacity: 1,
  border: null,
  outline: null,
  label: { lines: ["Term"], size: 14, weight: "500", color: "#000", gap: 5, spacing: 1.15, halo: { color: "#fff", width: 2.5 } },
  ...more,
});
const relation = (more = {}) => ({
  points: [{ x: 0, y: 0 }, { x: 100, y: 0 }],
  width: 1.2,
  color: "#999",
  style: "solid",
  opacity: 1,
  arrow: { shape: "triangle", color: "#999", size: 20 },
  label: null,
  ...more,
});
const draw = (nodes, edges = [], more = {}) =>
  svg.draw({ title: "Map", box: { x: -5, y: -5, width: 200, height: 100 }, ground: "#fff", font: 'system-ui, "Noto Sans"', nodes, edges, ...more });

test("texts of anyone are text: no tag and no attribute comes of them, nor a sign that XML cannot hold", () => {
  const label = { ...term().label, lines: ['</text><script>alert("1")</script>', "a\u0000b\ud800c&"] };
  const drawn = draw([term({ label })], [], { title: "<b>" });
  assert.ok(!/<script|<b>|\u0000|\ud800/.test(drawn));
  assert.ok(drawn.includes("&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"));
  assert.ok(drawn.includes(">abc&amp;</tspan>"));
  assert.ok(drawn.includes('font-family="system-ui, &quot;Noto Sans&quot;"'));
});

test("pairs that make one sign stay", () => {
  assert.ok(draw([term({ label: { ...term().label, lines: ["𝒳 😀"] } })]).includes(">𝒳 😀</tspan>"));
});

test("lines break between words where the next one has no room, and a long word stays whole", () => {
  const measure = (text) => text.length * 10;
  assert.deepStrictEqual(svg.wrap("Retrieval augmented generation", 100, measure), ["Retrieval", "augmented", "generation"]);
  assert.deepStrictEqual(svg.wrap("a b c", 30, measure), ["a b", "c"]);
  assert.deepStrictEqual(svg.wrap("extraordinarily so", 50, measure), ["extraordinarily", "so"]);
  assert.deepStrictEqual(svg.wrap("", 50, measure), []);
});

test("each shape of a term is drawn as such", () => {
  for (const [shape, tag] of [["ellipse", "<ellipse"], ["round-rectangle", "<rect x=\"-5\""], ["round-diamond", "<polygon points=\"10,5 "], ["round-hexagon", "<polygon points=\"-5,20 "]]) {
    assert.ok(draw([term({ shape })]).includes(tag), shape);
  }
});

test("a relation ends in its arrow, turned along its last stretch", () => {
  assert.ok(draw([], [relation()]).includes('transform="translate(100 0) rotate(-90) scale(20)"'));
  const down = relation({ points: [{ x: 0, y: 0 }, { x: 0, y: 50 }] });
  assert.ok(draw([], [down]).includes('transform="translate(0 50) rotate(0) scale(20)"'));
  assert.ok(!draw([], [relation({ arrow: { shape: "none", color: "#999", size: 20 } })]).includes("scale("));
});

test("a relation is straight, or a curve through what pulls it", () => {
  assert.ok(draw([], [relation()]).includes('d="M0 0L100 0"'));
  const one = [{ x: 0, y: 0 }, { x: 50, y: 40 }, { x: 100, y: 0 }];
  assert.ok(draw([], [relation({ points: one })]).includes('d="M0 0Q50 40 100 0"'));
  const two = [{ x: 0, y: 0 }, { x: 20, y: 40 }, { x: 80, y: 40 }, { x: 100, y: 0 }];
  assert.ok(draw([], [relation({ points: two })]).includes('d="M0 0Q20 40 50 40Q80 40 100 0"'));
});

test("words on a relation are never upside down", () => {
  const label = { text: "uses", x: 50, y: 0, size: 12, color: "#000", ground: "#fff" };
  const back = [{ x: 100, y: 0 }, { x: 0, y: 0 }];
  assert.ok(draw([], [relation({ label, points: back })]).includes('translate(50 0) rotate(0)"'));
});

test("dashes and dots, borders and rings are told apart", () => {
  assert.ok(draw([], [relation({ style: "dashed" })]).includes('stroke-dasharray="6 3"'));
  assert.ok(draw([], [relation({ style: "dotted" })]).includes('stroke-dasharray="1 1"'));
  assert.ok(!draw([], [relation()]).includes("stroke-dasharray"));
  const drawn = draw([term({ border: { width: 2, color: "#111", style: "dashed" }, outline: { width: 3, color: "#222", style: "solid" } })]);
  assert.ok(drawn.includes('stroke="#111" stroke-width="2" stroke-dasharray="6 3"'));
  assert.ok(drawn.includes('rx="17.5" ry="17.5" fill="none" stroke="#222"'));
});

test("terms lie over relations", () => {
  const drawn = draw([term()], [relation()]);
  assert.ok(drawn.indexOf("<path") < drawn.indexOf("<ellipse"));
});
