/* What was arranged before is not calculated again. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { create, fingerprint, MOST, STORAGE } = require("../../explorer/assets/known.js");

/** A browser's storage, with as much room as wanted. */
function storage(room = Infinity) {
  const kept = new Map();
  return {
    kept,
    getItem: (name) => (kept.has(name) ? kept.get(name) : null),
    setItem: (name, value) => {
      if (value.length > room) throw new Error("QuotaExceededError");
      kept.set(name, value);
    },
  };
}

const PLACES = [{ x: 1.5, y: -2 }, { x: 0, y: 33.25 }];

test("an answer is found by its question, for as many terms, and by the same version alone", () => {
  const box = storage();
  const known = create(() => box, "one");
  assert.strictEqual(known.find("map", 2), null);
  known.keep("map", PLACES);
  assert.deepStrictEqual(known.find("map", 2), PLACES);
  assert.strictEqual(known.find("map", 3), null);
  assert.strictEqual(known.find("mao", 2), null);
  assert.strictEqual(create(() => box, "other").find("map", 2), null);
});

test("no name is kept", () => {
  const box = storage();
  create(() => box, "one").keep("a secret term", PLACES);
  assert.match(box.kept.get(STORAGE), /^[\w\s[\]",.-]+$/);
  assert.ok(!box.kept.get(STORAGE).includes("secret"));
});

test("a map that is wanted every day is not forgotten for others", () => {
  const known = create(() => shared, "one");
  const shared = storage();
  known.keep("daily", PLACES);
  for (let number = 0; number < 3 * MOST; number += 1) {
    known.keep(`map ${number}`, PLACES);
    assert.deepStrictEqual(known.find("daily", 2), PLACES);
  }
});

test("of many the oldest are forgotten", () => {
  const known = create(() => shared, "one");
  const shared = storage();
  for (let number = 0; number <= MOST; number += 1) known.keep(`map ${number}`, PLACES);
  assert.strictEqual(known.find("map 0", 2), null);
  assert.deepStrictEqual(known.find("map 1", 2), PLACES);
  assert.deepStrictEqual(known.find(`map ${MOST}`, 2), PLACES);
});

for (const broken of ["", "{", "7", "null", "[7]", '[["x"]]', "[null]"]) {
  test(`a storage that holds ${JSON.stringify(broken)} is none, and the next answer is kept`, () => {
    const box = storage();
    box.kept.set(STORAGE, broken);
    const known = create(() => box, "one");
    assert.strictEqual(known.find("map", 2), null);
    known.keep("map", PLACES);
    assert.deepStrictEqual(known.find("map", 2), PLACES);
  });
}

test("numbers that are none are not believed", () => {
  const box = storage();
  box.kept.set(STORAGE, JSON.stringify([[fingerprint("one", "map"), [1, 2, "3", null]]]));
  assert.strictEqual(create(() => box, "one").find("map", 2), null);
});

test("a storage that is full or forbidden only means that nothing is known", () => {
  const known = create(() => storage(3), "one");
  known.keep("map", PLACES);
  assert.strictEqual(known.find("map", 2), null);
  const forbidden = create(() => {
    throw new Error("SecurityError");
  }, "one");
  forbidden.keep("map", PLACES);
  assert.strictEqual(forbidden.find("map", 2), null);
});

test("texts that differ by little have other fingerprints", () => {
  const marks = new Set();
  for (let one = 0; one < 100; one += 1) for (let other = 0; other < 100; other += 1) marks.add(fingerprint("v", `[${one},${other}]`));
  assert.strictEqual(marks.size, 10000);
});
