/* Elements from plain data. Texts come from anyone: they are only ever set as text, and only these tags are made. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const TAGS = new Set(
    "p ul ol li blockquote table thead tbody tr th td strong em s h4 pre code hr br a span".split(" "),
  );
  const MATHML = "http://www.w3.org/1998/Math/MathML";
  const FORMULA = new Set(
    ("math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts " +
      "mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose").split(" "),
  );
  const SAFE = /^(?:https?|mailto):/i;

  /** An element with attributes, texts and other elements in it; what is null is left out. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value != null) element.setAttribute(name, value);
    element.append(...children.flat().filter((child) => child != null));
    return element;
  }

  const addressOf = (term) => "#term=" + encodeURIComponent(term.id);

  /** The nodes of a text with structure, as explorer/page_export/tree.py writes it. */
  const draw = (tree, terms) => tree.map((one) => drawOne(one, terms));

  function drawOne(one, terms) {
    if (typeof one === "string") return document.createTextNode(one);
    const [what, inside, href] = one;
    if (typeof what === "number") return make("a", { href: addressOf(terms[what]), class: "mention" }, inside);
    if (FORMULA.has(what)) return formula(what, inside, href);
    if (!TAGS.has(what)) return make("span", {}, draw(inside, terms));
    if (what === "a" && !SAFE.test(href || "")) return make("span", {}, draw(inside, terms));
    const outside = what === "a" ? { href, target: "_blank", rel: "noopener noreferrer nofollow", class: "outside" } : {};
    return make(what, what === "pre" || wide(what, inside) ? { tabindex: 0 } : outside, draw(inside, terms));
  }

  /** Does the keyboard come to a paragraph, for a formula in it that may be wider than the page? */
  const wide = (what, inside) => what === "p" && inside.some(([tag, , more]) => tag === "math" && more.display === "block");

  /** An element of a formula; explorer/mathml.py decides which attributes it may have. */
  function formula(tag, inside, attributes) {
    const element = document.createElementNS(MATHML, tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...draw(inside));
    return element;
  }

  const swatch = ({ colour, shape }) => make("span", { class: `swatch colour-${colour} shape-${shape}`, "aria-hidden": "true" });

  root.dom = { make, draw, swatch, addressOf };
})();
