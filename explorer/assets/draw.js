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

  const standing = new WeakMap(); // for each place what it was told last

  /** Draw these parts in a place. Where they stand already they stay, with focus and folds. */
  root.draw = (place, parts) => {
    const told = JSON.stringify(parts);
    if (standing.get(place) === told) return;
    standing.set(place, told);
    place.replaceChildren(...parts.map((part) => node(part)));
  };

  const acting = ({ dataset }) => ({ act: dataset.act, of: dataset.of });

  /** What in a place does the same as an element that was drawn before, described by `acting`. */
  const same = (place, { act, of }) =>
    [...place.querySelectorAll("[data-act]")].find((one) => one.dataset.act === act && one.dataset.of === of);

  root.drawn = { acting, same };
})();
