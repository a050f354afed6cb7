/* Draws what the server tells as [tag, attributes, contents] (explorer/drawn.py). Texts become text, never HTML. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});

  function node(part) {
    if (typeof part === "string") return document.createTextNode(part);
    const [tag, attributes, contents] = part;
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value === true ? "" : value);
    made.append(...contents.map(node));
    return made;
  }

  root.draw = (place, parts) => place.replaceChildren(...parts.map(node));
})();
