/* Draws what the server tells as [tag, attributes, contents] (explorer/drawn.py). Texts become text, never HTML. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});

  const MATHML = "http://www.w3.org/1998/Math/MathML";

  function node(part, math = false) {
    if (typeof part === "string") return document.createTextNode(part);
    const [tag, attributes, contents] = part;
    const formula = math || tag === "math";
    const made = formula ? document.createElementNS(MATHML, tag) : document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value === true ? "" : value);
    made.append(...contents.map((one) => node(one, formula)));
    return made;
  }

  root.draw = (place, parts) => place.replaceChildren(...parts.map((part) => node(part)));
})();
