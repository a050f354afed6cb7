/* The map: what the server says is on it goes to cytoscape, and the reader's eye is led.

   The truth is what the server told last (`told`); the component's own `elements` prop is not used. A base
   (the overview, or a focus with its depth) is laid out once; whoever comes later gets a free place near the
   term they belong to, and nobody else moves. Places are kept in arrangements.js, so that Back, undo and a
   reload give the same picture. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const FADE = 70; // milliseconds: noticed, and not waited for
  const SOON = 180; // milliseconds: when the server has answered by then, marks and newcomers are one picture
  const SMOOTH = 16; // milliseconds that a picture may take, or the frames of a fade cost more than they give
  // What the component gives is cytoscape's own default; but when it is given at all, cytoscape warns.
  delete window.dash_cytoscape.Cytoscape.defaultProps.wheelSensitivity;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  let cy = null;
  let scene = null; // the scene that is drawn
  const names = new Map(); // of all terms that were on the map since the page was opened
  let marking = 0; // the timer of marks that wait for the answer
  const ready = [];

  const view = () => root.view.parse(window.location.search);

  /* The component and the layouts look ids up in plain objects, where "constructor" is always to be found: on the map
     such an id has a mark, a space, which no term's id has. */
  const marked = (term) => (term in {} ? term + " " : term);
  const termOf = (node) => node.id().trimEnd();

  const selectedId = () => marked(view().term);
  const centre = () => marked(view().term || view().focus);

  /* Places are per base and layout. What changes in the data is no reason to move: a term keeps its place by its id. */

  const baseKey = (of) => `${of.base}|${view().layout}`;

  /** Where everybody is now, for later. */
  function remember() {
    if (!scene || scene.provisional) return;
    const { places } = root.arrangements.now();
    scene.ids.forEach((id) => places.set(id, root.place.rounded(cy.getElementById(id).position())));
    root.arrangements.keep();
  }

  /* From the scene to elements with positions. */

  function draw(data) {
    const key = baseKey(data);
    // A scene of terms whose importance was not known has nobody who must stay.
    const sameBase = Boolean(scene) && scene.key === key && !scene.provisional;
    const before = root.arrangements.now();
    const { id, pins } = root.arrangements.enter(key, sameBase);
    const all = data.elements.map((element) => element.data);
    const nodes = all.filter((one) => !one.source).map((node) => ({ ...node, id: marked(node.id) }));
    const edges = all
      .filter((one) => one.source)
      .map((edge) => ({ ...edge, source: marked(edge.source), target: marked(edge.target) }));
    if (sameBase && before.id === id) makeRoom(nodes);
    const positions = root.arrangements.now().places;
    if (view().layout === root.view.LAYOUTS[0]) root.columns.seed(columnsOf(data), hopsOf(data), positions);
    const fresh = nodes.map((node) => node.id).filter((one) => !positions.has(one));
    // Some have places: the others come in around them. Pinned terms alone are no beginning.
    const laid = !fresh.length || nodes.some((node) => positions.has(node.id) && !pins.has(node.id));
    nodes.forEach((node) => names.set(node.id, node.label));
    if (laid) root.place.settle(nodes, edges, positions, selectedId(), middle());
    else nodes.forEach((node, index) => positions.has(node.id) || positions.set(node.id, spiral(index)));
    const placed = nodes.map((node) => ({ data: node, position: { ...positions.get(node.id) } }));
    root.elements.apply(cy, placed, edges.map((edge) => ({ data: edge })));
    const serial = scene ? scene.serial + 1 : 1;
    scene = { ...data, key, sameBase, fresh, serial, ids: nodes.map((node) => node.id) };
    finish(laid);
  }

  /** Who comes back to a place that another has taken meanwhile gets a new one. */
  function makeRoom(nodes) {
    const there = new Set(scene.ids);
    const back = new Set(nodes.map((node) => node.id).filter((id) => !there.has(id)));
    const crowded = root.place.crowded(nodes, root.arrangements.now().places, back);
    if (crowded.length) root.arrangements.change({ moved: new Map(crowded.map((id) => [id, null])) });
  }

  const columnsOf = (data) => (data.columns || []).map((column) => column.map(marked));

  const hopsOf = (data) => (data.hops || []).map((pair) => pair.map(marked));

  /** Where a term begins before the layout: the most important in the middle. */
  function spiral(index) {
    const radius = 60 * Math.sqrt(index);
    return { x: radius * Math.cos(index * 2.4), y: radius * Math.sin(index * 2.4) };
  }

  function middle() {
    const seen = cy.extent();
    return { x: (seen.x1 + seen.x2) / 2, y: (seen.y1 + seen.y2) / 2 };
  }

  /** The elements are there; unless they are `laid`, their places are those before a layout. */
  function finish(laid) {
    // An id that has moved since the link was made: the address follows, and Back does not lead here again.
    const isHere = scene.search === window.location.search;
    if (scene.moved && isHere) root.actions.go(scene.moved, true);
    if (cy.nodes().empty()) return;
    root.sight.measure();
    if (!laid) root.map.arrange();
    if (!scene.sameBase) root.sight.begin(centre(), columnsOf(scene).length > 0);
    else appear();
    attend(true);
    remember();
    if (isHere) root.undo.drawn();
    if (selectedId() && scene.sameBase) root.sight.reveal(selectedId());
  }

  /* The choice of a layout arranges all that is there. */
  document.addEventListener("change", ({ target }) => {
    if (target.id === "layout") root.actions.go(root.view.address(root.view.arrange(view(), target.value)));
  });

  /* Leading the eye. */

  /** Mark the selected term and its neighbours. One that is not there yet comes with the next scene: until then
      (`drawn` false) the marks stay, or the whole map would light up for a moment. */
  function attend(drawn) {
    if (!cy) return;
    const id = selectedId();
    const chosen = id ? cy.getElementById(id) : cy.collection();
    if (id && chosen.empty() && !drawn) return;
    cy.batch(() => {
      const badged = root.badges.give(cy, chosen, new Set(view().opened.map((one) => marked(one.term))));
      root.elements.mark(cy, { ...marks(chosen), badged });
    });
    root.far.write(cy, centre());
    root.words.tell(cy);
  }

  /** Which elements have which class while this term, or none, is chosen. */
  function marks(chosen) {
    const around = chosen.closedNeighborhood();
    const found = {
      selected: chosen,
      near: around.edges(),
      faded: chosen.empty() ? cy.collection() : root.elements.without(cy.elements(), around),
    };
    return scene ? root.columns.marks(cy, columnsOf(scene), hopsOf(scene), view().path.length > 0, found) : found;
  }

  function appear() {
    if (!scene.fresh.length) return;
    const fresh = cy.collection(scene.fresh.map((id) => cy.getElementById(id)[0]).filter(Boolean));
    if (calm.matches || cy.renderer().averageRedrawTime > SMOOTH) return;
    fresh.style("opacity", 0);
    fresh.animate({ style: { opacity: 1 } }, { duration: FADE, complete: () => fresh.removeStyle("opacity") });
  }

  const box = () => document.getElementById("map-box");

  /* The instance appears some time after the component mounts. */

  const met = new WeakSet();

  function meet() {
    const holder = document.querySelector("#map");
    const found = holder && holder._cyreg && holder._cyreg.cy;
    if (!found || met.has(found)) return;
    met.add(found);
    cy = found;
    root.cy = cy;
    root.extend(cy);
    root.elements.release(cy);
    tune();
    listen();
    ready.splice(0).forEach((then) => then());
  }

  /** Two settings that dash-cytoscape has no props for; they double the frames a second while panning. */
  function tune() {
    const renderer = cy.renderer();
    renderer.textureOnViewport = true;
    renderer.forcedPixelRatio = Math.min(window.devicePixelRatio || 1, 1.5);
    cy.resize();
  }

  function listen() {
    cy.on("tap", "node", (event) => {
      if (root.menu.held()) return;
      root.frames.hold(cy.renderer());
      root.actions.run("select", termOf(event.target));
    });
    cy.on("tapstart", "node", (event) => root.actions.pressed(termOf(event.target)));
    cy.on("drag taphold", root.follow.overlooked);
    // Two terms tapped one soon after the other are two taps.
    let taps = [];
    cy.on("tap", ({ target }) => (taps = [taps.at(-1), target]));
    cy.on("dbltap", "node", ({ target }) => taps[0] === target && root.actions.run("focus-instead", termOf(target)));
    cy.on("tap", (event) => event.target === cy && !root.menu.held() && root.actions.run("deselect"));
    root.moves.listen(cy);
    root.words.listen(cy);
    root.far.listen(cy, centre);
    root.menu.listen(cy, termOf);
    cy.on("mouseover", "node, edge", (event) => {
      event.target.addClass("pointed");
      if (event.target.isEdge()) event.target.addClass("told-now");
      box().style.cursor = "pointer";
      root.tip.onMap(event.target.data(), () => event.target.renderedBoundingBox({ includeLabels: false }));
    });
    cy.on("mouseout", "node, edge", (event) => {
      event.target.removeClass("pointed");
      event.target.removeClass("told-now");
      box().style.cursor = "";
      root.tip.leave();
    });
    cy.on("viewport drag", () => root.tip.hide());
  }

  new MutationObserver(meet).observe(document.documentElement, { childList: true, subtree: true });

  /** Neighbours on the map of a term, by angle: the order in which `n` and `p` go through them. */
  function neighboursOf(id) {
    const node = cy.getElementById(marked(id));
    if (node.empty()) return [];
    const from = node.position();
    const angle = (point) => Math.atan2(point.y - from.y, point.x - from.x);
    return node
      .neighborhood()
      .nodes()
      .map((near) => ({ id: termOf(near), ...near.position() }))
      .sort((a, b) => angle(a) - angle(b));
  }

  /** What the server told: first what stands beside the map, then, if the map is another one, the map. */
  function told({ scene: next, title, parts }) {
    tell(title, parts);
    clearTimeout(marking);
    const data = next && { ...next, search: window.location.search };
    // The panel can be read while the map is drawn.
    root.frames.after(() => {
      root.frames.release();
      if (!data) attend();
      else if (cy) draw(data);
      else ready.push(() => draw(data));
    });
  }

  function tell(title, parts) {
    if (title) document.title = title;
    Object.entries(parts).forEach(([id, part]) => root.draw(document.getElementById(id), part));
    root.filters.drawn();
    root.reading.panel();
    root.announce.view();
  }

  /** The address is another one: what can be seen of that before the server has answered. */
  function arrived() {
    clearTimeout(marking);
    marking = setTimeout(attend, SOON);
    if (selectedId()) root.sight.reveal(selectedId());
    if (cy && cy.animated()) root.frames.release(); // the map moves already
    const choice = document.getElementById("layout");
    choice.value = view().layout;
    choice.options[0].textContent = root.columns.first(view());
  }

  root.map = {
    arrived,
    told,
    neighboursOf,
    first: () => (scene && scene.elements.length ? scene.elements[0].data.id : null),
    position: (id) => ({ ...cy.getElementById(marked(id)).position() }),
    has: (id) => Boolean(cy) && cy.getElementById(marked(id)).nonempty(),
    waiting: (id) => cy.getElementById(marked(id)).data("waiting") || 0,
    attend,
    scene: () => scene,
    nameOf: (id) => names.get(marked(id)) || id,
    drawn: () => Boolean(scene),
    arrange: () => root.far.plain(cy, () => root.layouts.layOut(cy, view().layout, centre(), root.arrangements.pinned())),
    remember,
    marked,
  };

  /* A clientside callback (explorer/callbacks/theme.py). */
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.conceptmap = {
    stylesheet: (theme, styles) => {
      requestAnimationFrame(() => attend()); // badges have the theme's colours
      root.result.themed(styles[theme]);
      return styles[theme];
    },
  };
})();
