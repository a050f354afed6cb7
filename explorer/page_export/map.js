/* The map of the page: the most important terms, and whoever is chosen with their neighbours. Nobody who is there
   moves when others come. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const BATCH = 12;
  const NEAREST = 1.3;
  const SMALLEST_START = 0.6; // names can be read
  const MOST_LANDMARKS = 40;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  let cy = null;
  let book = null;
  let chosen = null;
  const positions = new Map();
  const hidden = new Set();

  const idOf = (place) => "t" + place;
  const placeOf = (node) => Number(node.id().slice(1));
  const at = (place) => cy.getElementById(idOf(place));
  const has = (place) => at(place).nonempty();
  const sized = (place) => ({ id: idOf(place), label: book.terms[place].name, size: book.terms[place].size, font: book.terms[place].font });
  const edgesAmong = (isThere) => book.relations.filter(({ source, target }) => isThere(source) && isThere(target));

  function start(given, theme, select) {
    book = given;
    const first = book.places.length / 2;
    spread([...Array(first).keys()]);
    cy = window.cytoscape({
      container: document.getElementById("map"),
      style: book.styles[theme],
      layout: { name: "preset", fit: false },
      minZoom: 0.05,
      maxZoom: 3,
      boxSelectionEnabled: false,
      autounselectify: true,
      textureOnViewport: true,
      pixelRatio: Math.min(window.devicePixelRatio || 1, 2),
    });
    add([...Array(first).keys()]);
    root.words.listen(cy);
    cy.on("tap", "node", (event) => select(placeOf(event.target)));
    cy.on("tap", (event) => event.target === cy && select(null));
    cy.on("mouseover", "node, edge", (event) => point(event.target, true));
    cy.on("mouseout", "node, edge", (event) => point(event.target, false));
    begin();
    cy.batch(mark);
    cy.on("zoom", markSoon);
  }

  function point(element, on) {
    element.toggleClass("pointed", on);
    if (element.isEdge()) element.toggleClass("told-now", on);
    document.getElementById("map-box").style.cursor = on ? "pointer" : "";
  }

  /** The places that the terms begin with, moved apart where names would overlap. */
  function spread(places) {
    const boxes = places.map((place) => {
      const { w, h } = root.place.sizeOf(book.terms[place].name, book.terms[place].size, book.terms[place].font);
      return { w, h, x: book.places[2 * place], y: book.places[2 * place + 1] + (h - book.terms[place].size) / 2 };
    });
    root.place.separate(boxes, 300);
    boxes.forEach(({ x, y, h }, index) => {
      positions.set(idOf(places[index]), root.place.rounded({ x, y: y - (h - book.terms[places[index]].size) / 2 }));
    });
  }

  function add(places) {
    const fresh = places.filter((place) => !has(place));
    const joined = new Set(fresh);
    const isThere = (place) => joined.has(place) || has(place);
    cy.add(fresh.map(node));
    cy.add(edgesAmong(isThere).filter(({ source, target }) => joined.has(source) || joined.has(target)).map(edge));
  }

  function node(place) {
    const { name, size, font, category, defined } = book.terms[place];
    const data = { id: idOf(place), label: name, size, font, tint: category.tint, pale: defined ? 0 : 1 };
    return { group: "nodes", data, position: { ...positions.get(idOf(place)) } };
  }

  function edge({ source, kind, target }) {
    const { id, label, line, arrow } = kind;
    return { group: "edges", data: { id: `${source} ${id} ${target}`, source: idOf(source), target: idOf(target), kind: id, label, line, arrow } };
  }

  /** Bring in a term and its next neighbours, around whoever of them is there. */
  function bring(place) {
    const near = [...new Set(book.terms[place].relations.map(({ to }) => to))];
    const fresh = [place, ...near].filter((one) => !has(one)).slice(0, BATCH + 1);
    if (!fresh.length) return;
    const here = cy.nodes().map(placeOf);
    const all = [...here, ...fresh];
    const known = new Set(all);
    const edges = edgesAmong((one) => known.has(one)).map(({ source, target }) => ({ source: idOf(source), target: idOf(target) }));
    const { x1, x2, y1, y2 } = cy.extent();
    root.place.settle(all.map(sized), edges, positions, idOf(place), { x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
    add(fresh);
  }

  /** The chosen term and its neighbours stand out, the rest steps back; null: all are alike. */
  function choose(place) {
    chosen = place;
    if (place !== null) bring(place);
    cy.batch(() => {
      cy.elements().removeClass("selected near faded");
      cy.nodes().forEach((one) => void one.style("display", isHidden(one) ? "none" : "element"));
      if (place === null) return;
      const around = at(place).closedNeighborhood();
      cy.elements().not(around).addClass("faded");
      at(place).addClass("selected");
      around.edges().addClass("near");
    });
    root.words.tell(cy);
    if (place !== null) cy.batch(unmark); // names drawn for afar would fill the window while it comes nearer
    if (place !== null) reveal(place);
    markSoon();
  }

  function isHidden(one) {
    return placeOf(one) !== chosen && hidden.has(book.terms[placeOf(one)].category.name);
  }

  function toggle(category) {
    if (!hidden.delete(category)) hidden.add(category);
    choose(chosen);
  }

  /* What part of the map is in sight. */

  /** Below the count, and beside or above the legend. */
  function clearRoom() {
    const { offsetWidth: w, offsetHeight: h } = document.getElementById("filters");
    return root.room.free({ w: cy.width(), h: cy.height() }, 56, 60, { w, h });
  }

  function look(box, level, animated) {
    const pan = root.room.pan(box, clearRoom(), level);
    if (animated && !calm.matches) cy.animate({ zoom: level, pan }, { duration: 220 });
    else cy.viewport({ zoom: level, pan });
  }

  function level(box) {
    const room = clearRoom();
    return Math.min(room.w / box.w, room.h / box.h, NEAREST);
  }

  function fit() {
    if (cy.nodes().nonempty()) look(cy.elements().boundingBox(), level(cy.elements().boundingBox()), true);
  }

  function begin() {
    if (cy.nodes().empty()) return;
    const box = cy.elements().boundingBox();
    look(box, level(box), false);
  }

  const zoom = (factor) =>
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

  /** Bring a term into sight if it is outside or too small to read: only the view moves, and only then. */
  function reveal(place) {
    const { x, y } = at(place).renderedPosition();
    const margin = 48;
    const inside = x > margin && y > margin && x < cy.width() - margin && y < cy.height() - margin;
    if (inside && cy.zoom() >= SMALLEST_START) return;
    const near = at(place).closedNeighborhood().boundingBox();
    if (level(near) >= SMALLEST_START) look(near, Math.min(level(near), 1), true);
    else look(at(place).boundingBox(), SMALLEST_START + 0.1, true);
  }

  /* From afar names are too small to read: the most important ones are drawn larger, as many as do not touch. */

  const LANDMARK = 12.5;
  const LARGER = "font-size text-outline-width text-max-width min-zoomed-font-size z-index";
  let landmarks = [];
  let soon = 0;

  function unmark() {
    landmarks.forEach((one) => one.removeStyle(LARGER));
    landmarks = [];
  }

  function mark() {
    const level = cy.zoom();
    unmark();
    const far = LANDMARK / level > 18; // the largest names would be smaller than this
    landmarks = far ? standingApart(cy.nodes(":visible").toArray(), level) : [];
    const style = { "font-size": LANDMARK / level, "text-outline-width": 2.5 / level, "text-max-width": 112 / level, "min-zoomed-font-size": 0, "z-index": 15 };
    landmarks.forEach((one) => one.style(style));
  }

  function standingApart(nodes, level) {
    const taken = [];
    return nodes.filter((one) => {
      const { w, h } = root.place.sizeOf(one.data("label"), 0, LANDMARK);
      const { x, y } = one.renderedPosition();
      const box = { x, y: y + (one.data("size") * level + h) / 2, w, h };
      if (taken.length === MOST_LANDMARKS || taken.some((other) => root.place.overlap(box, other))) return false;
      return taken.push(box);
    });
  }

  function markSoon() {
    clearTimeout(soon);
    soon = setTimeout(() => cy.batch(mark), 60);
  }

  /** The neighbours of a term that are on the map, by angle: {place, x, y}. */
  function neighbours(place) {
    const from = at(place).position();
    const angle = (point) => Math.atan2(point.y - from.y, point.x - from.x);
    return at(place)
      .neighborhood()
      .nodes()
      .map((one) => ({ id: placeOf(one), ...one.position() }))
      .sort((a, b) => angle(a) - angle(b));
  }

  root.map = {
    start, choose, toggle, fit, zoom, neighbours, has,
    paint: (theme) => cy.style(book.styles[theme]),
    position: (place) => at(place).position(),
    shown: () => cy.nodes(":visible").length,
    hides: (category) => hidden.has(category),
    resize: () => cy.resize(),
    cy: () => cy,
  };
})();
