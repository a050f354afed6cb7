/* Names on a map that is seen from afar, where letters are too small to be read: the name of the selected term is written
   so large that it can be read, and so are those of its neighbours that have room then; while none is selected, those of
   the most important terms.

   `readable` is pure: boxes as in place.js. */
(function (root) {
  "use strict";

  const HARD = 8; // pixels on the screen: smaller letters are not read, and some of them not shown by cytoscape
  const LEAST = 12; // that these names have
  const MOST = 40; // names
  const FIRST = 12; // of these, which may lie on other terms
  const WIDER = 1.12; // than place.js takes them to be: some letters of some fonts
  const GAP = 3; // between two names
  const BELOW = 5; // between a term and its name, as the stylesheet has it
  const SOON = 120; // milliseconds in which the view does not move

  /** Which of `nodes` ({id, x, y, size, label, font}), in their order, have a name that is written `times` as large: none
      that lies on a name before it; none but the first ones that lies on another of the nodes. */
  function readable(nodes, times, place = root.conceptmap.place) {
    const taken = [];
    const found = [];
    for (const node of nodes) {
      const { id, x, y, size, label, font } = node;
      const name = place.sizeOf(label, 0, font);
      const [w, h] = [name.w * WIDER * times, name.h * times];
      const box = { x, y: y + (size + h) / 2, w, h };
      if (taken.some((other) => place.overlap(box, other, GAP * times))) continue;
      const lies = (other) => other !== node && place.overlap(box, bodyOf(other), 0);
      if (found.length >= FIRST && nodes.some(lies)) continue;
      taken.push(box);
      found.push(id);
      if (found.length === MOST) break;
    }
    return found;
  }

  /** How many times as large as on the map names are written at this zoom, where the least important name has letters of
      `smallest` there; 1 where all can be read. */
  const timesAt = (zoom, smallest) => (smallest * zoom < HARD ? LEAST / smallest / zoom : 1);

  const bodyOf = ({ x, y, size }) => ({ x, y, w: size, h: size });

  /** Write the names of those that the reader looks at as this zoom wants it; `centre` is the id of the selected term, else
      of what the map goes round, else empty. */
  function write(cy, centre) {
    const times = timesAt(cy.zoom(), Math.min(...cy.nodes().map((node) => node.data("font"))));
    const nodes = times > 1 ? lookedAt(cy, centre).map((node) => ({ ...node.data(), ...node.position() })) : [];
    cy.batch(() => {
      const far = cy.collection(readable(nodes, times).map((id) => cy.getElementById(id)[0]));
      far.forEach((node) => enlarge(node, times));
      // Beside names so large, what is written smaller would lie below one of them.
      const mute = times > 1 ? root.conceptmap.elements.without(cy.elements(), far) : cy.collection();
      root.conceptmap.elements.mark(cy, { far, mute });
    });
  }

  /** What `look` gives while all names are as large as on the map: whoever asks how large the map is asks for that. */
  function plain(cy, look) {
    const marked = ["far", "mute"].map((name) => [name, cy.elements(`.${name}`)]);
    const each = (act) => cy.batch(() => marked.forEach(([name, elements]) => act(elements, name)));
    each((elements, name) => elements.removeClass(name));
    try {
      return look();
    } finally {
      each((elements, name) => elements.addClass(name));
    }
  }

  /** Of what is in sight the selected term and its neighbours, else all: the centre first, then the most important. */
  function lookedAt(cy, centre) {
    const chosen = cy.nodes(".selected");
    const nodes = chosen.empty() ? cy.nodes(":visible") : chosen.closedNeighborhood().nodes(":visible");
    const { x1, x2, y1, y2 } = cy.extent();
    const inSight = ({ x, y }) => x > x1 && x < x2 && y > y1 && y < y2;
    const rank = (node) => (node.id() === centre ? Infinity : node.data("size"));
    const seen = nodes.filter((node) => inSight(node.position()));
    return seen.toArray().sort((a, b) => rank(b) - rank(a));
  }

  /** Data that differ alone: cytoscape works out the style of whatever is told its data anew. */
  function enlarge(node, times) {
    const font = node.data("font") * times;
    if (node.data("farFont") === font) return;
    node.data({ farFont: font, farWidth: 132 * times, farOutline: 2.5 * times, farBelow: BELOW * times });
  }

  /** Once the view rests; while it moves, a name has the size that it had. */
  function listen(cy, centre) {
    let timer = 0;
    cy.on("viewport", () => {
      clearTimeout(timer);
      timer = setTimeout(() => cy.destroyed() || write(cy, centre()), SOON);
    });
    cy.on("dragfree", "node", () => write(cy, centre()));
  }

  const api = { readable, timesAt, write, plain, listen };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).far = api;
})(typeof window === "undefined" ? globalThis : window);
