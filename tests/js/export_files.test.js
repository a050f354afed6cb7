/* The files of the export menu that the explorer writes. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const files = require("../../explorer/assets/export_files.js");

const answering = async (answer, job) => {
  const before = globalThis.fetch;
  const asked = [];
  globalThis.fetch = async (url) => (asked.push(url), typeof answer === "function" ? answer() : answer);
  try {
    return [await job().then((value) => ({ value }), (error) => ({ error })), asked];
  } finally {
    globalThis.fetch = before;
  }
};
const said = (text, status, type = "text/plain; charset=utf-8") =>
  new Response(text, { status, headers: { "Content-Type": type } });

test("a file is asked for with the whole address of the map", () => {
  assert.strictEqual(files.source("csv", ""), "/_export?format=csv");
  assert.strictEqual(files.source("html", "?focus=c-plus-plus&without=a%252Cb"), "/_export?format=html&focus=c-plus-plus&without=a%252Cb");
});

test("the file comes with what its format had no place for", async () => {
  const answer = new Response("name,definition", { headers: { "X-Left-Out": "2%20notes; 1 %C3%A4ndert relation" } });
  const [{ value }, asked] = await answering(answer, () => files.read("csv", "?term=rag"));
  assert.deepStrictEqual(asked, ["/_export?format=csv&term=rag"]);
  assert.strictEqual(await value.blob.text(), "name,definition");
  assert.strictEqual(value.leftOut, "2 notes; 1 ändert relation");
});

test("what the explorer refuses is told in its own sentence", async () => {
  const [{ error }] = await answering(said("No database answers: start it.", 503), () => files.read("csv", ""));
  assert.strictEqual(error.message, "No database answers: start it.");
});

test("a page of errors is not shown as a sentence", async () => {
  const [{ error }] = await answering(said("<h1>Internal</h1>", 500, "text/html"), () => files.read("csv", ""));
  assert.match(error.message, /^The explorer answered with an error \(500\)/);
});

test("silence is told with what to do", async () => {
  const away = () => { throw new TypeError("Failed to fetch"); };
  const [{ error }] = await answering(away, () => files.read("csv", ""));
  assert.match(error.message, /^The explorer does not answer: start it again/);
  const late = () => { throw new DOMException("", "TimeoutError"); };
  const [{ error: second }] = await answering(late, () => files.read("csv", ""));
  assert.match(second.message, /took too long/);
});
