/* Where terms go that come onto the map. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const place = require("../../explorer/assets/place.js");

const items = (count) => Array.from({ length: count }, (_, index) => ({ id: "n" + index, w: 110, h: 60, near: [] }));

test("nobody lies on anybody: twelve newcomers among sixty who were there", () => {
  const taken = [];
  for (let x = 0; x < 10; x += 1) for (let y = 0; y < 6; y += 1) taken.push({ x: x * 130, y: y * 90, w: 110, h: 60 });
  const places = place.around({ x: 600, y: 270 }, items(12), taken);
  const boxes = [...taken, ...[...places.values()].map((point) => ({ ...point, w: 110, h: 60 }))];
  for (let i = 0; i < boxes.length; i += 1) {
    for (let j = Math.max(i + 1, 60); j < boxes.length; j += 1) assert.ok(!place.overlap(boxes[i], boxes[j]), `${i} ${j}`);
  }
});

test("the same newcomers get the same places, and what was there is not changed", () => {
  const taken = [{ x: 0, y: 0, w: 50, h: 70 }];
  const before = structuredClone(taken);
  assert.deepStrictEqual(place.around({ x: 0, y: 0 }, items(5), taken), place.around({ x: 0, y: 0 }, items(5), taken));
  assert.deepStrictEqual(taken, before);
});

test("a newcomer goes to the side of its own neighbours", () => {
  const item = { id: "a", w: 80, h: 50, near: [{ x: 500, y: 0 }] };
  assert.ok(place.around({ x: 0, y: 0 }, [item], []).get("a").x > 0);
});

test("overlapping boxes are moved apart", () => {
  const boxes = items(20).map((item, index) => ({ ...item, x: index % 5, y: Math.floor(index / 5) }));
  place.separate(boxes, 400);
  for (let i = 0; i < 20; i += 1) {
    for (let j = i + 1; j < 20; j += 1) {
      const [a, b] = [boxes[i], boxes[j]];
      assert.ok(Math.abs(a.x - b.x) >= 109.9 || Math.abs(a.y - b.y) >= 59.9, `${i} ${j}`);
    }
  }
});

test("an arrow key takes the neighbour that way, near and straight before far and askew; else nobody", () => {
  const points = [
    { id: "far", x: 400, y: 0 },
    { id: "near", x: 100, y: 20 },
    { id: "left", x: -50, y: 0 },
  ];
  const from = { x: 0, y: 0 };
  assert.strictEqual(place.towards(from, points, { x: 1, y: 0 }), "near");
  assert.strictEqual(place.towards(from, points, { x: -1, y: 0 }), "left");
  assert.strictEqual(place.towards(from, points, { x: 0, y: 1 }), null);
});

test("a longer label takes more lines", () => {
  assert.ok(place.sizeOf("Reinforcement Learning from Human Feedback", 30, 14).h > place.sizeOf("RAG", 30, 14).h);
});

test("seeded dice fall alike", () => {
  const [one, two] = [place.seeded(7), place.seeded(7)];
  for (let i = 0; i < 20; i += 1) assert.strictEqual(one(), two());
});

test("a wide layer takes several rows and stays above the next", () => {
  const points = [...Array(10).keys()].map((index) => ({ id: "a" + index, x: index, y: 0, h: 40, size: 20 }));
  const places = place.rows([...points, { id: "below", x: 0, y: 50, h: 40, size: 20 }], 4, 100, 20);
  assert.strictEqual(new Set(points.map(({ id }) => places.get(id).y)).size, 3);
  assert.ok(points.every(({ id }) => places.get(id).y < places.get("below").y));
});

test("rings have the first in the middle and no more on each than it has room for", () => {
  const places = place.rings([..."abcdefghijklmnop"], 150, 165);
  assert.deepStrictEqual(place.rounded(places.get("a")), { x: 0, y: -0 });
  const radii = [...places.values()].map(({ x, y }) => Math.round(Math.hypot(x / 1.2, y)));
  assert.deepStrictEqual([165, 330].map((ring) => radii.filter((radius) => radius === ring).length), [6, 9]);
});

const node = (id) => ({ id, label: id, size: 30, font: 14 });
const edge = (source, target) => ({ source, target });
const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test("newcomers settle near the selected term, and who was there stays", () => {
  const positions = new Map([["host", { x: 1000, y: 0 }], ["other", { x: 0, y: 0 }]]);
  const nodes = ["host", "other", "new", "stray"].map(node);
  place.settle(nodes, [edge("new", "other"), edge("host", "new")], positions, "host", { x: -900, y: -900 });
  assert.deepStrictEqual(positions.get("host"), { x: 1000, y: 0 });
  assert.deepStrictEqual(positions.get("other"), { x: 0, y: 0 });
  assert.ok(far(positions.get("new"), positions.get("host")) < 250);
  assert.ok(far(positions.get("stray"), { x: -900, y: -900 }) < 250);
});

test("a selected newcomer goes first: its neighbours come in around it", () => {
  const positions = new Map([["there", { x: 0, y: 0 }]]);
  place.settle(["there", "near", "wanted"].map(node), [edge("near", "wanted")], positions, "wanted", { x: 700, y: 700 });
  assert.ok(far(positions.get("wanted"), { x: 700, y: 700 }) < 250);
  assert.ok(far(positions.get("near"), positions.get("wanted")) < 250);
});

test("any id is just an id", () => {
  const ids = ["constructor", "toString", "__proto__", "hasOwnProperty"];
  const positions = new Map([["there", { x: 0, y: 0 }]]);
  place.settle(["there", ...ids].map(node), ids.map((id) => edge("there", id)), positions, "there", { x: 0, y: 0 });
  for (const id of ids) assert.ok(Number.isFinite(positions.get(id).x), id);
  assert.strictEqual(place.rings(ids, 150, 165).size, 4);
});

test("a circle has all at one distance, and no label on another", () => {
  for (const count of [1, 2, 3, 7, 40, 60]) {
    const boxes = items(count).map((item, index) => ({ ...item, w: 60 + (index % 5) * 18, h: 44 + (index % 3) * 16 }));
    const places = place.circle(boxes);
    const placed = boxes.map((box) => ({ ...box, ...places.get(box.id) }));
    const away = placed.map(({ x, y }) => Math.hypot(x, y));
    assert.ok(Math.max(...away) - Math.min(...away) < 0.01);
    for (let i = 0; i < count; i += 1) {
      for (let j = i + 1; j < count; j += 1) assert.ok(!place.overlap(placed[i], placed[j], 0), `${count}: ${i} ${j}`);
    }
    assert.ok(count < 40 || away[0] < count * 20, `a circle of ${count} is not larger than it must be: ${away[0]}`);
  }
});

test("rows of a layer are as far apart as their labels are high", () => {
  const points = [60, 160, 60].map((h, index) => ({ id: "n" + index, x: index, y: 0, h, size: 20 }));
  const places = place.rows(points, 1, 150, 20);
  const [first, second, third] = points.map(({ id }) => places.get(id).y);
  assert.ok(second - first < 90);
  assert.ok(third - second > 160);
});

test("who is fixed is not moved apart, the other is", () => {
  const [fixed, free] = [{ x: 0, y: 0, w: 100, h: 50, fixed: true }, { x: 10, y: 2, w: 100, h: 50 }];
  place.separate([fixed, free]);
  assert.deepStrictEqual([fixed.x, fixed.y], [0, 0]);
  assert.ok(Math.abs(free.y) >= 50);
});

test("who comes back finds the place taken only by who was put there since", () => {
  const node = (id) => ({ id, label: "Label", size: 20, font: 14 });
  const nodes = ["a", "b", "c"].map(node);
  const places = new Map([["a", { x: 0, y: 0 }], ["b", { x: 0, y: 4 }], ["c", { x: 500, y: 0 }]]);
  assert.deepStrictEqual(place.crowded(nodes, places, new Set(["a"])), ["a"]);
  assert.deepStrictEqual(place.crowded(nodes, places, new Set(["b"])), []);
  assert.deepStrictEqual(place.crowded(nodes, places, new Set(["c"])), []);
  assert.deepStrictEqual(place.crowded(nodes, places, new Set(["a", "b"])), []);
});

const inside = (boxes, most) =>
  ["x", "y"].every((axis) => {
    const side = axis === "x" ? "w" : "h";
    const low = Math.min(...boxes.map((box) => box[axis] - box[side] / 2));
    const high = Math.max(...boxes.map((box) => box[axis] + box[side] / 2));
    return high - low <= most[side];
  });

const scattered = (count) => {
  const dice = place.seeded(3);
  return items(count).map((item) => ({ ...item, x: (dice() - 0.5) * 2200, y: (dice() - 0.5) * 1900 }));
};

test("who stands far apart is gathered into the room, and no label lies on another", () => {
  const [boxes, most] = [scattered(60), { w: 1060, h: 900 }];
  const gathered = place.gather(boxes, most);
  assert.ok(!inside(boxes, most) && inside(gathered, most));
  for (let i = 0; i < 60; i += 1) {
    for (let j = i + 1; j < 60; j += 1) assert.ok(!place.overlap(gathered[i], gathered[j], 0), `${i} ${j}`);
  }
});

test("who has room enough is not gathered, and who never will is as close as it goes", () => {
  const boxes = scattered(20);
  place.separate(boxes, 400);
  assert.deepStrictEqual(place.gather(boxes, { w: 4000, h: 4000 }), boxes);
  const dense = place.gather(boxes, { w: 300, h: 300 });
  assert.ok(inside(dense, { w: 1100, h: 1100 }));
});

test("a grid has as many columns as let its names be largest, and a column is as wide as its widest name", () => {
  const boxes = [...Array(40).keys()].map((at) => ({ id: `${at}`, w: at === 3 ? 140 : 100, h: 60 + (at % 3), size: 20 + (at % 3) }));
  const columns = (room) => new Set([...place.grid(boxes, room).values()].map(({ x }) => x)).size;
  assert.ok(columns({ w: 1600, h: 400 }) > columns({ w: 600, h: 600 }));
  assert.ok(columns({ w: 600, h: 600 }) > columns({ w: 300, h: 900 }));
  const places = place.grid(boxes, { w: 600, h: 600 });
  const lines = new Set([...places.values()].map(({ y }) => y));
  assert.strictEqual(lines.size, Math.ceil(40 / columns({ w: 600, h: 600 })));
  const bodies = boxes.map((box) => ({ ...box, ...places.get(box.id), y: places.get(box.id).y + 20 }));
  assert.ok(bodies.every((box, at) => bodies.slice(at + 1).every((other) => !place.overlap(box, other, 5))));
  assert.strictEqual(place.grid([], { w: 1, h: 1 }).size, 0);
});
