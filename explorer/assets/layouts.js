/* The layouts: how the terms of a map are arranged when it is drawn for the first time, or when the reader asks. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const MANY = 120; // more terms than these, and more relations than DENSE, take fcose in default quality seconds
  const DENSE = 1000;
  const MOST_READ = 60; // so many names, and no more, shall all be read at once
  const READABLE = 0.7; // the zoom at which the smallest names can be read
  const HIERARCHY = '[kind = "broader"], [kind = "part-of"], [kind = "example-of"]';

  /** Arrange all that is on the map but the pinned terms (a Map from ids to {x, y}). `centre` is the id of the term that a
      concentric map goes round. */
  function layOut(cy, name, centre, pinned = new Map()) {
    const question = questionOf(cy, name, centre);
    const known = root.known.find(question, cy.nodes().length);
    if (known) cy.batch(() => cy.nodes().forEach((node, index) => node.position(known[index])));
    else calculate(cy, name, centre, question);
    if (pinned.size) leave(cy, pinned);
    cy.batch(() => cy.nodes().forEach((node) => node.position(root.place.rounded(node.position()))));
  }

  function calculate(cy, name, centre, question) {
    seeded(() => partOf(cy, name).layout(optionsOf(cy, name, centre)).run());
    if (name === "organic") tidy(cy, root.sight.clearRoom(), root.sight.narrow());
    if (name === "hierarchical") wrap(cy);
    root.known.keep(question, cy.nodes().map((node) => root.place.rounded(node.position())));
  }

  /** All that an arrangement follows from, but for the pinned terms. */
  function questionOf(cy, name, centre) {
    const nodes = cy.nodes().map((node) => [["id", "label", "size", "font"].map((key) => node.data(key)), node.classes()]);
    const edges = cy.edges().map((edge) => ["source", "target", "kind"].map((key) => edge.data(key)));
    return JSON.stringify([name, centre, root.sight.clearRoom(), root.sight.narrow(), nodes, edges]);
  }

  /** fcose rolls dice; the same terms shall give the same map. */
  function seeded(run) {
    const { random } = Math;
    Math.random = root.place.seeded(7);
    try {
      run();
    } finally {
      Math.random = random;
    }
  }

  /** Arrange a map of its own, in so much room, {w, h} in pixels, and show all of it. */
  function layOutIn(cy, room) {
    seeded(() => cy.elements().layout(optionsOf(cy, "organic", "")).run());
    if (cy.nodes().length > 1) tidy(cy, room, false);
    cy.fit(undefined, 16);
    if (cy.zoom() > 1) cy.zoom(1), cy.center();
  }

  /** Stretch to the shape of the window, then move apart what overlaps: labels must not. */
  function tidy(cy, room, narrow) {
    const box = cy.nodes().boundingBox();
    const wide = Math.min(Math.max(room.w / room.h / (box.w / box.h), 0.7), 1.6);
    separate(cy, ({ x, y }) => ({ x: x * Math.sqrt(wide), y: y / Math.sqrt(wide) }));
    if (!narrow && cy.nodes().length <= MOST_READ) gather(cy, room);
  }

  /** Closer together, until all names can be read while all terms are in sight. */
  function gather(cy, room) {
    const most = { w: room.w / READABLE, h: room.h / READABLE };
    put(cy, root.place.gather(labelled(cy), most));
  }

  /** Pinned terms stay. The others go where they lie round them as the layout wants it, and off their places. */
  function leave(cy, pinned) {
    const there = cy.nodes().filter((node) => pinned.has(node.id()));
    if (there.empty()) return;
    const way = (axis) =>
      there.reduce((sum, node) => sum + pinned.get(node.id())[axis] - node.position(axis), 0) / there.length;
    const [x, y] = [way("x"), way("y")];
    separate(cy, (at, id) => pinned.get(id) || { x: at.x + x, y: at.y + y }, pinned);
  }

  /** Everybody to the place that `wish` makes of the present one; then apart, where they overlap. */
  function separate(cy, wish, fixed = new Map()) {
    const boxes = labelled(cy, wish).map((box) => ({ ...box, fixed: fixed.has(box.id) }));
    root.place.separate(boxes);
    put(cy, boxes);
  }

  /** The boxes of all nodes where they are, or where `wish` puts them: the label hangs below, so the box's centre lies
      lower than the node's, by `shift`. */
  function labelled(cy, wish = (at) => at) {
    return boxesOf(cy).map((box) => {
      const { x, y } = wish(cy.getElementById(box.id).position(), box.id);
      const shift = (box.h - box.size) / 2;
      return { ...box, x, y: y + shift, shift };
    });
  }

  function put(cy, boxes) {
    cy.batch(() => boxes.forEach(({ id, x, y, shift }) => cy.getElementById(id).position({ x, y: y - shift })));
  }

  function optionsOf(cy, name, centre) {
    const common = { animate: false, fit: false, padding: 40, nodeDimensionsIncludeLabels: true };
    switch (name) {
      case "concentric":
        return { ...common, name: "preset", positions: ringed(cy, centre) };
      case "hierarchical":
        return { ...common, name: "dagre", rankDir: "BT", nodeSep: 10, edgeSep: 4, rankSep: 56 };
      case "circle":
        return { ...common, name: "preset", positions: circled(cy) };
      case "grid":
        return { ...common, name: "preset", positions: inGrid(cy) };
      default:
        return {
          ...common,
          name: "fcose",
          quality: cy.nodes().length > MANY && cy.edges().length > DENSE ? "draft" : "default",
          randomize: true,
          nodeSeparation: 90,
          idealEdgeLength: () => 96,
          nodeRepulsion: () => 7000,
          gravity: 0.45,
          packComponents: true,
          numIter: 2500,
        };
    }
  }

  /** The nodes with their labels as boxes; `size` is the node's alone. */
  function boxesOf(cy) {
    return cy.nodes().map((node) => {
      const { w, h } = node.boundingBox({ includeOverlays: false });
      return { id: node.id(), w, h, size: node.height() };
    });
  }

  function circled(cy) {
    const places = root.place.circle(boxesOf(cy));
    return (node) => places.get(node.id());
  }

  function inGrid(cy) {
    const places = root.place.grid(boxesOf(cy), root.sight.clearRoom());
    return (node) => places.get(node.id());
  }

  function ringed(cy, centre) {
    const places = root.place.rings(outwards(cy, centre), 150, 165);
    return (node) => places.get(node.id());
  }

  /** The ids from a term outwards, hop by hop, the more important first; without a term from the most important. */
  function outwards(cy, centre) {
    const bySize = (nodes) => nodes.sort((a, b) => b.data("size") - a.data("size"));
    const ids = [];
    const found = cy.getElementById(centre);
    let front = found.nonempty() ? found : bySize(cy.nodes()).slice(0, 1);
    const seen = cy.collection().union(front);
    while (front.nonempty()) {
      bySize(front).forEach((node) => ids.push(node.id()));
      front = front.neighborhood().nodes().difference(seen);
      seen.merge(front);
    }
    bySize(cy.nodes().difference(seen)).forEach((node) => ids.push(node.id()));
    return ids;
  }

  /** A layer of thirty terms is no line to read: it takes several rows. */
  function wrap(cy) {
    const room = root.sight.clearRoom();
    const most = Math.max(3, Math.round(Math.sqrt((cy.nodes().length * room.w * 0.75) / room.h)));
    const points = boxesOf(cy).map((box) => ({ ...box, ...cy.getElementById(box.id).position() }));
    const width = Math.max(150, ...points.map(({ w }) => w + 14));
    const places = root.place.rows(points, most, width, 22);
    cy.batch(() => cy.nodes().forEach((node) => node.position(places.get(node.id()))));
  }

  /** A hierarchy follows the relations that make one, where they hang most of the map together. */
  function partOf(cy, name) {
    const hierarchy = cy.edges(HIERARCHY);
    const enough = hierarchy.connectedNodes().length * 2 > cy.nodes().length;
    return name === "hierarchical" && enough ? cy.nodes().union(hierarchy) : cy.elements();
  }

  root.layouts = { layOutIn, layOut };
})();
