/* The words on relations: each where it lies on no name and on no other words, somewhere along its line; where there is
   no such place they are told when the relation is pointed at.

   `places` is pure: boxes are {x, y, w, h} (x, y: the centre). The exported page uses it too. */
(function (root) {
  "use strict";

  const MOST = 24; // a hub's relations are told when pointed at: all at once, none can be read
  const LETTER = 6.2;
  const HEIGHT = 17;
  const MARGIN = 8; // of words to the ends of their line
  const STEP = 9;

  /** Where the words of `lines` ({id, from, to, middle, room, letters}) stand beside the middle of their lines: a Map from
      ids to {x, y}, without those that have no room. `room` is what of a line lies between its terms; `boxes` are what the
      words may not lie on, `pale` ones what they lie on only where there is no other way. */
  function places(lines, boxes, pale = []) {
    const [taken, avoided] = [boxes, pale].map((all) => all.map((box) => corners(box, box.w, box.h, 0)));
    const found = new Map();
    const spare = ({ room, letters }) => room - letters * LETTER - 2 * MARGIN;
    for (const line of lines.filter((one) => spare(one) > 0).sort((a, b) => spare(a) - spare(b))) {
      const turn = Math.atan2(line.to.y - line.from.y, line.to.x - line.from.x);
      const free = steps(spare(line) / 2)
        .map((along) => ({ x: along * Math.cos(turn), y: along * Math.sin(turn) }))
        .map((by) => ({ by, words: wordsOf(line, by, turn) }))
        .filter(({ words }) => !taken.some((other) => meet(words, other)));
      if (!free.length) continue;
      const best = free.find(({ words }) => !avoided.some((other) => meet(words, other))) || free[0];
      taken.push(best.words);
      found.set(line.id, best.by);
    }
    return found;
  }

  /** 0, and by steps farther away to either side. */
  function steps(most) {
    const sides = [...Array(Math.floor(most / STEP)).keys()].flatMap((step) => [(step + 1) * STEP, -(step + 1) * STEP]);
    return [0, ...sides];
  }

  function wordsOf({ middle, letters }, by, turn) {
    return corners({ x: middle.x + by.x, y: middle.y + by.y }, letters * LETTER, HEIGHT, turn);
  }

  function corners({ x, y }, w, h, turn) {
    const [cos, sin] = [Math.cos(turn) / 2, Math.sin(turn) / 2];
    return [[-w, -h], [w, -h], [w, h], [-w, h]].map(([i, j]) => ({ x: x + i * cos - j * sin, y: y + i * sin + j * cos }));
  }

  /** Do two rectangles, however turned, lie on one another? Not if a line along a side of one has them on its two sides. */
  function meet(a, b) {
    return [a, b].every((one) =>
      [0, 1].every((side) => {
        const [from, to] = [one[side], one[side + 1]];
        const across = ({ x, y }) => x * (to.y - from.y) - y * (to.x - from.x);
        const [here, there] = [a.map(across), b.map(across)];
        return Math.max(...here) > Math.min(...there) && Math.max(...there) > Math.min(...here);
      }),
    );
  }

  /** Put words on the relations of the selected term that say more than that there is one, and on those of a path. */
  function tell(cy) {
    const told = wordy(cy);
    cy.edges(".told").difference(told).removeClass("told");
    told.addClass("told");
  }

  /** Where words stand depends on their line: they wait while a term is dragged, and are told when it is let go. */
  function listen(cy) {
    cy.on("drag", "node", ({ target }) => target.connectedEdges(".told").removeClass("told"));
    cy.on("dragfree", "node", () => tell(cy));
  }

  /** The relations that have words now, each with its place for them in its data. */
  function wordy(cy) {
    const [near, online] = [cy.edges(".near"), cy.edges(".online")];
    const few = [near, online].filter((edges) => edges.length && edges.length <= MOST);
    if (!few.length) return cy.collection();
    const edges = few.reduce((all, some) => all.union(some), cy.collection());
    const lines = edges.filter((edge) => edge.data("kind") !== "related" || edge.hasClass("online")).map(lineOf);
    const [pale, plain] = [cy.nodes(":visible.faded"), cy.nodes(":visible").not(".faded")].map((nodes) =>
      nodes.toArray().flatMap(boxesOf),
    );
    const found = places(lines, plain, pale);
    const told = cy.collection();
    cy.batch(() => found.forEach(({ x, y }, id) => told.merge(cy.getElementById(id).data({ wordsX: x, wordsY: y }))));
    return told;
  }

  function lineOf(edge) {
    const [from, to] = [edge.source(), edge.target()];
    const [start, end] = [from.position(), to.position()];
    const room = Math.hypot(start.x - end.x, start.y - end.y) - (from.width() + to.width()) / 2;
    return { id: edge.id(), from: start, to: end, middle: edge.midpoint(), room, letters: edge.data("label").length };
  }

  /** A term, and its name below. */
  function boxesOf(node) {
    const { label, size, font } = node.data();
    const { x, y } = node.position();
    const { w, h } = root.conceptmap.place.sizeOf(label, 0, font);
    return [{ x, y, w: size, h: size }, { x, y: y + (size + h) / 2, w, h: h - 4 }];
  }

  const api = { places, tell, listen };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).words = api;
})(typeof window === "undefined" ? globalThis : window);
