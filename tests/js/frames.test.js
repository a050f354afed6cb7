/* Pictures that only keep others waiting are not made. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const frames = require("../../explorer/assets/frames.js");

/** A renderer as cytoscape's: each frame makes a picture unless it is to be skipped, and skips no other. */
function play() {
  const renderer = { skipFrame: false };
  const clock = { time: 0, now: () => clock.time };
  let waiting = [];
  const frame = () => {
    clock.time += 16;
    const made = !renderer.skipFrame;
    renderer.skipFrame = false;
    const due = waiting;
    waiting = [];
    due.forEach((then) => then());
    return made;
  };
  return { hold: () => frames.hold(renderer, clock, (then) => waiting.push(then)), frame };
}

const some = (frame, count) => [...Array(count)].map(frame);

test("no picture is made between a click and its answer, and the next one is", () => {
  const { hold, frame } = play();
  assert.ok(frame());
  hold();
  assert.deepStrictEqual(some(frame, 4), [false, false, false, false]);
  frames.release();
  assert.deepStrictEqual(some(frame, 2), [true, true]);
});

test("an answer that takes long keeps no picture waiting", () => {
  const { hold, frame } = play();
  hold();
  const made = some(frame, 20);
  const first = made.indexOf(true);
  assert.ok(first * 16 >= frames.LONGEST && first * 16 < frames.LONGEST + 3 * 16, `${first}`);
  assert.ok(made.slice(first).every(Boolean));
});

test("another click holds anew, and one release is enough", () => {
  const { hold, frame } = play();
  hold();
  some(frame, 3);
  hold();
  assert.deepStrictEqual(some(frame, 3), [false, false, false]);
  frames.release();
  assert.ok(some(frame, 3).every(Boolean));
});
