/* Where the terms are on each map, and how a session finds it again. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { create } = require("../../explorer/assets/arrangements.js");

function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

const at = (x, y = 0) => ({ x, y });
const put = (session, places) => {
  for (const [id, place] of Object.entries(places)) session.now().places.set(id, place);
  session.keep();
  return session.now().id;
};

test("a reload finds the arrangement of a map again", () => {
  const store = storage();
  const first = create(() => store);
  first.enter("overview|organic", false);
  put(first, { a: at(1), b: at(2) });
  const second = create(() => store);
  second.enter("overview|organic", false);
  assert.deepStrictEqual([...second.now().places], [["a", at(1)], ["b", at(2)]]);
});

test("each layout and each focus has an arrangement of its own, and finds it again", () => {
  const session = create(storage);
  session.enter("overview|organic", false);
  const overview = put(session, { a: at(1) });
  session.enter("a~1|organic", false);
  assert.strictEqual(session.now().places.size, 0);
  put(session, { a: at(9) });
  session.enter("overview|organic", false);
  assert.strictEqual(session.now().id, overview);
});

test("a move begins another arrangement, and the one before is as it was", () => {
  const session = create(storage);
  session.enter("overview|organic", false);
  const before = put(session, { a: at(1), b: at(2) });
  session.change({ moved: new Map([["a", at(7)]]) });
  session.keep();
  assert.deepStrictEqual([...session.now().places], [["b", at(2)], ["a", at(7)]]);
  assert.ok(session.aim(before));
  assert.deepStrictEqual(session.now().places.get("a"), at(1));
});

test("what is aimed at waits for the map it belongs to", () => {
  const session = create(storage);
  session.enter("overview|organic", false);
  const left = put(session, { a: at(1) });
  session.change({ moved: new Map([["a", at(7)]]) });
  session.keep();
  session.enter("b~1|organic", false);
  assert.ok(!session.aim(left));
  session.enter("overview|organic", false);
  assert.strictEqual(session.now().id, left);
});

test("another layout leaves the pinned terms where they are; the same one comes back while nothing else is pinned", () => {
  const session = create(storage);
  session.enter("overview|organic", false);
  put(session, { a: at(1), b: at(2) });
  session.change({ pins: new Set(["a"]) });
  const pinned = put(session, {});
  session.enter("overview|grid", false);
  assert.deepStrictEqual([...session.now().places], [["a", at(1)]]);
  assert.ok(session.now().pins.has("a"));
  const grid = put(session, { b: at(50) });
  session.enter("overview|organic", false);
  assert.strictEqual(session.now().id, pinned);
  session.change({ moved: new Map([["a", at(3)]]) });
  session.keep();
  session.enter("overview|grid", false);
  assert.notStrictEqual(session.now().id, grid);
  assert.deepStrictEqual([...session.now().places], [["a", at(3)]]);
});

test("arranged anew, the pinned have a place and nobody else", () => {
  const session = create(storage);
  session.enter("overview|organic", false);
  put(session, { a: at(1), b: at(2) });
  session.change({ pins: new Set(["b"]) });
  session.renew();
  assert.deepStrictEqual([...session.now().places], [["b", at(2)]]);
});

test("a session keeps sixty arrangements, and a storage that is full or forbidden breaks nothing", () => {
  const store = storage();
  const session = create(() => store);
  session.enter("overview|organic", false);
  const first = put(session, { a: at(1) });
  for (let turn = 0; turn < 80; turn += 1) {
    session.change({ moved: new Map([["a", at(turn)]]) });
    session.keep();
  }
  assert.strictEqual([...store.kept.keys()].filter((key) => /-\d+$/.test(key)).length, 60);
  assert.ok(!session.aim(first));
  const forbidden = create(() => {
    throw new Error("forbidden");
  });
  forbidden.enter("overview|organic", false);
  const id = put(forbidden, { a: at(1) });
  forbidden.change({ moved: new Map([["a", at(5)]]) });
  forbidden.keep();
  assert.ok(forbidden.aim(id));
});
