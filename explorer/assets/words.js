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
    const [taken, avoided] = [boxes, pale].map((all) => all.map((box) => turned(box, box.w, box.h, 0)));
    const found = new Map();
    for (const line of lines.filter((one) => spare(one) > 0).sort((a, b) => spare(a) - spare(b))) {
      const best = place(line, taken, avoided);
      if (!best) continue;
      taken.push(best.words);
      found.set(line.id, best.by);
    }
    return found;
  }

  const spare = ({ room, letters }) => room - letters * LETTER - 2 * MARGIN;

  /** The first place along a line that is free of both, else the first that is free of what is taken, if there is one. */
  function place(line, taken, avoided) {
    const turn = Math.atan2(line.to.y - line.from.y, line.to.x - line.from.x);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const length = line.letters * LETTER;
    const way = turned(line.middle, length + spare(line), HEIGHT, turn); // all of its places together
    const [others, pale] = [taken, avoided].map((all) => all.filter((one) => meet(way, one)));
    let second = null;
    for (const along of steps(spare(line) / 2)) {
      const by = { x: along * cos, y: along * sin };
      const words = turned({ x: line.middle.x + by.x, y: line.middle.y + by.y }, length, HEIGHT, turn);
      if (others.some((one) => meet(words, one))) continue;
      if (!pale.some((one) => meet(words, one))) return { by, words };
      second = second || { by, words };
    }
    return second;
  }

  /** 0, and by steps farther away to either side. */
  function steps(most) {
    const sides = [...Array(Math.floor(most / STEP)).keys()].flatMap((step) => [(step + 1) * STEP, -(step + 1) * STEP]);
    return [0, ...sides];
  }

  /** A turned rectangle: its corners, and how far they are from its middle. */
  function turned({ x, y }, w, h, turn) {
    const [cos, sin] = [Math.cos(turn) / 2, Math.sin(turn) / 2];
    const sides = [[-w, -h], [w, -h], [w, h], [-w, h]];
    const corners = sides.map(([i, j]) => ({ x: x + i * cos - j * sin, y: y + i * sin + j * cos }));
    return { x, y, reach: Math.hypot(w, h) / 2, corners };
  }

  /** Do two rectangles, however turned, lie on one another? Not if a line along a side of one has them on its two sides. */
  function meet(first, second) {
    if (Math.hypot(first.x - second.x, first.y - second.y) >= first.reach + second.reach) return false;
    const [a, b] = [first.corners, second.corners];
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
    told.filter((edge) => !edge.hasClass("told")).addClass("told");
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
