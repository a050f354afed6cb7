/* What is drawn from plain data: elements of HTML, and of MathML within a formula. */
"use strict";
const assert = require("node:assert");
const test = require("node:test");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { runInNewContext } = require("node:vm");

const HTML = "http://www.w3.org/1999/xhtml";
const MATHML = "http://www.w3.org/1998/Math/MathML";

class Element {
  constructor(namespace, tag) {
    Object.assign(this, { namespace, tag, attributes: {}, inside: [] });
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  append(...nodes) {
    this.inside.push(...nodes);
  }
}

const document = {
  createTextNode: (text) => text,
  createElement: (tag) => new Element(HTML, tag),
  createElementNS: (namespace, tag) => new Element(namespace, tag),
};

function context() {
  const window = {};
  return { window, document };
}

function drawn(parts) {
  const given = context();
  runInNewContext(readFileSync(join(__dirname, "../../explorer/assets/draw.js"), "utf8"), given);
  let made;
  given.window.conceptmap.draw({ replaceChildren: (...nodes) => (made = nodes) }, parts);
  return made;
}

test("a formula is of MathML as far down as it goes, and what follows it is of HTML", () => {
  const fraction = ["mfrac", {}, [["mi", {}, ["a"]], ["mi", {}, ["b"]]]];
  const [paragraph, next] = drawn([["p", {}, ["see ", ["math", { display: "block" }, [fraction]], ["em", {}, ["x"]]]], ["p", {}, []]]);
  const [, formula, after] = paragraph.inside;
  assert.deepStrictEqual([formula.namespace, formula.attributes], [MATHML, { display: "block" }]);
  assert.deepStrictEqual(formula.inside[0].inside.map((one) => [one.namespace, one.tag]), [[MATHML, "mi"], [MATHML, "mi"]]);
  assert.deepStrictEqual([paragraph.namespace, after.namespace, next.namespace], [HTML, HTML, HTML]);
});

test("the exported page draws formulas in MathML too, and takes elements that it does not know for text", () => {
  const given = context();
  runInNewContext(readFileSync(join(__dirname, "../../explorer/page_export/dom.js"), "utf8"), given);
  const { draw } = given.window.conceptmap.dom;
  const [formula, script] = draw([["math", [["mi", ["x"], {}]], { display: "block" }], ["script", ["x"]]], []);
  assert.deepStrictEqual([formula.namespace, formula.inside[0].namespace, formula.attributes.display], [MATHML, MATHML, "block"]);
  assert.deepStrictEqual([script.namespace, script.tag], [HTML, "span"]);
});

test("what stands already is not drawn again, so that the focus stays", () => {
  const given = context();
  runInNewContext(readFileSync(join(__dirname, "../../explorer/assets/draw.js"), "utf8"), given);
  let times = 0;
  const place = { replaceChildren: () => (times += 1) };
  [["one"], ["one"], ["two"], ["one"]].forEach((parts) => given.window.conceptmap.draw(place, parts));
  assert.strictEqual(times, 3);
});
