/* The room for a map in its window. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { free, pan } = require("../../explorer/assets/room.js");

const WINDOW = { w: 1000, h: 800 };

test("a narrow legend has the map beside it, a low one above it", () => {
  assert.deepStrictEqual(free(WINDOW, 50, 60, { w: 200, h: 700 }), { x: 232, y: 50, w: 736, h: 690 });
  assert.deepStrictEqual(free(WINDOW, 50, 60, { w: 700, h: 64 }), { x: 32, y: 50, w: 936, h: 650 });
});

test("a window with no room left is not turned inside out", () => {
  const room = free({ w: 300, h: 120 }, 56, 60, { w: 0, h: 0 });
  assert.ok(room.w > 0 && room.h > 0);
});

test("the middle of a box comes to the middle of the room", () => {
  const room = free(WINDOW, 50, 60, { w: 200, h: 700 });
  const { x, y } = pan({ x1: -10, y1: 20, x2: 30, y2: 60 }, room, 2);
  assert.deepStrictEqual([10 * 2 + x, 40 * 2 + y], [room.x + room.w / 2, room.y + room.h / 2]);
});
