/* The map: what the server says is on it goes to cytoscape, and the reader's eye is led.

   The truth is the `scene` store; the component's own `elements` prop is written here and never read. A base
   (the overview, or a focus with its depth) is laid out once; whoever comes later gets a free place near the
   term they belong to, and nobody else moves. Positions are kept per base in the session, so that Back and a
   reload give the same picture. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const STORAGE = "conceptmap-places";
  const BASES_KEPT = 12;
  const FADE = 100; // milliseconds: noticed, and not waited for
  const MOST_FADING = 150; // beyond, each frame of a fade costs more than it gives
  const MOST_TOLD = 24; // a hub's relations are told when pointed at: all at once, none can be read
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  let cy = null;
  let scene = null; // the scene that is drawn
  let positions = null; // of this base: a Map from ids to {x, y}
  const ready = [];

  const view = () => root.view.parse(window.location.search);

  /* The component and the layouts look ids up in plain objects, where "constructor" is always to be found: on the map
     such an id has a mark, a space, which no term's id has. */
  const marked = (term) => (term in {} ? term + " " : term);
  const termOf = (node) => node.id().trimEnd();

  const selectedId = () => marked(view().term);
  const centre = () => marked(view().term || view().focus);

  /* Positions, per base and layout, the last few in the session's storage. What changes in the data is no reason to
     move: a term keeps its place by its id. */

  const baseKey = (of) => `${of.base}|${view().layout}`;

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(STORAGE)) || {};
    } catch {
      return {};
    }
  }

  function remember() {
    if (!scene || !scene.drawn || scene.provisional) return;
    scene.ids.forEach((id) => positions.set(id, { ...cy.getElementById(id).position() }));
    const all = stored();
    delete all[scene.key];
    all[scene.key] = [...positions];
    const keys = Object.keys(all);
    keys.slice(0, Math.max(0, keys.length - BASES_KEPT)).forEach((key) => delete all[key]);
    try {
      sessionStorage.setItem(STORAGE, JSON.stringify(all));
    } catch {
      // full or forbidden: the map is laid out anew after a reload
    }
  }

  /* From the scene to elements with positions. */

  function elements(data) {
    const nothing = window.dash_clientside.no_update;
    if (!data) return nothing;
    const key = baseKey(data);
    // A scene that comes before the one before it was laid out has nobody yet who must stay; nor has one of terms
    // whose importance was not known.
    const sameBase = Boolean(scene) && scene.key === key && scene.laid && !scene.provisional;
    if (!sameBase) positions = new Map(stored()[key]);
    const all = data.elements.map((element) => element.data);
    const nodes = all.filter((one) => !one.source).map((node) => ({ ...node, id: marked(node.id) }));
    const edges = all
      .filter((one) => one.source)
      .map((edge) => ({ ...edge, source: marked(edge.source), target: marked(edge.target) }));
    const fresh = nodes.map((node) => node.id).filter((id) => !positions.has(id));
    const laid = fresh.length < nodes.length; // some have places: the others come in around them
    const serial = scene ? scene.serial + 1 : 1;
    scene = { ...data, key, laid, sameBase, fresh, serial, ids: nodes.map((node) => node.id) };
    if (laid) root.place.settle(nodes, edges, positions, selectedId(), middle());
    else nodes.forEach((node, index) => positions.set(node.id, spiral(index)));
    if (!sameBase) hide();
    // Not before these elements are on their way: those of the scene before would pass for them.
    setTimeout(whenDrawn, 0, scene);
    const placed = nodes.map((node) => ({ data: { ...node, serial }, position: { ...positions.get(node.id) } }));
    return placed.concat(edges.map((edge) => ({ data: edge })));
  }

  /** Where a term begins before the layout: the most important in the middle. */
  function spiral(index) {
    const radius = 60 * Math.sqrt(index);
    return { x: radius * Math.cos(index * 2.4), y: radius * Math.sin(index * 2.4) };
  }

  function middle() {
    const seen = cy.extent();
    return { x: (seen.x1 + seen.x2) / 2, y: (seen.y1 + seen.y2) / 2 };
  }

  /* After React has handed the elements to cytoscape. */

  /** Finish this scene once the map has its terms and no others; leave it when a newer one has come. */
  function whenDrawn(wanted, tries = 600) {
    if (wanted !== scene) return;
    if (!tries) return show();
    const nodes = cy.nodes();
    const drawn = nodes.length === wanted.ids.length && nodes.every((node) => node.data("serial") === wanted.serial);
    if (drawn) finish();
    else requestAnimationFrame(() => whenDrawn(wanted, tries - 1));
  }

  function finish() {
    scene.drawn = true;
    // An id that has moved since the link was made: the address follows, and Back does not lead here again.
    if (scene.moved) root.actions.go(scene.moved, true);
    if (cy.nodes().empty()) return show();
    cy.resize(); // its idea of its own size may be from before the page had one
    if (!scene.laid) root.layouts.layOut(cy, view().layout, centre());
    scene.laid = true;
    if (!scene.sameBase) root.sight.begin(centre());
    else appear();
    show();
    attend(true);
    remember();
    if (selectedId() && scene.sameBase) root.sight.reveal(selectedId());
  }

  /* The choice of a layout arranges all that is there. */
  function arrange(name) {
    const now = view();
    if (name && name !== now.layout) root.actions.go(root.view.address(root.view.arrange(now, name)));
  }

  /* Leading the eye. */

  /** Mark the selected term and its neighbours. One that is not there yet comes with the next scene: until then
      (`drawn` false) the marks stay, or the whole map would light up for a moment. */
  function attend(drawn) {
    if (!cy) return;
    const id = selectedId();
    const chosen = id ? cy.getElementById(id) : cy.collection();
    if (id && chosen.empty() && !drawn) return;
    cy.batch(() => {
      cy.elements().removeClass("selected near faded told");
      cy.nodes(".badged").removeClass("badged");
      badges(chosen);
      if (chosen.empty()) return;
      const around = chosen.closedNeighborhood();
      cy.elements().not(around).addClass("faded");
      chosen.addClass("selected");
      const edges = around.edges().addClass("near");
      if (edges.length <= MOST_TOLD) edges.filter(hasRoom).addClass("told");
    });
  }

  /** Is there room for the words on a relation, and do they say more than that there is one? */
  function hasRoom(edge) {
    if (edge.data("kind") === "related") return false;
    const [from, to] = [edge.source().position(), edge.target().position()];
    const length = Math.hypot(from.x - to.x, from.y - to.y) - edge.source().width() / 2 - edge.target().width() / 2;
    return length > edge.data("label").length * 6.2 + 16;
  }

  /** "+45" on terms that were opened and have more neighbours than the map shows. */
  function badges(chosen) {
    const opened = new Set(view().opened.map((one) => marked(one.term)));
    if (chosen.nonempty()) opened.add(chosen.id());
    opened.forEach((id) => {
      const node = cy.getElementById(id);
      const waiting = node.nonempty() ? node.data("waiting") : 0;
      if (!waiting) return;
      const text = "+" + waiting;
      const width = 10 + text.length * 7;
      node.data({ badge: badge(text, width), badgeWidth: width });
      node.addClass("badged");
    });
  }

  function badge(text, width) {
    const dark = root.theme.current() === "dark";
    const [ground, ink] = dark ? ["#e7e9ee", "#14161b"] : ["#22262e", "#ffffff"];
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="18">` +
      `<rect width="${width}" height="18" rx="9" fill="${ground}"/>` +
      `<text x="${width / 2}" y="13" font-family="system-ui,sans-serif" font-size="11" font-weight="600"` +
      ` text-anchor="middle" fill="${ink}">${text}</text></svg>`;
    return "data:image/svg+xml;utf8," + encodeURIComponent(svg);
  }

  function appear() {
    if (!scene.fresh.length) return;
    const fresh = cy.collection(scene.fresh.map((id) => cy.getElementById(id)[0]).filter(Boolean));
    if (calm.matches || cy.nodes().length > MOST_FADING) return;
    fresh.style("opacity", 0);
    fresh.animate({ style: { opacity: 1 } }, { duration: FADE, complete: () => fresh.removeStyle("opacity") });
  }

  const box = () => document.getElementById("map-box");
  const hide = () => box() && box().classList.add("arranging");
  const show = () => box() && box().classList.remove("arranging");

  /* The instance appears some time after the component mounts. */

  const met = new WeakSet();

  function meet() {
    const holder = document.querySelector("#map");
    const found = holder && holder._cyreg && holder._cyreg.cy;
    if (!found || met.has(found)) return;
    met.add(found);
    cy = found;
    root.cy = cy;
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
    cy.on("tap", "node", (event) => root.actions.run("select", termOf(event.target)));
    cy.on("dbltap", "node", (event) => root.actions.run("focus-instead", termOf(event.target)));
    cy.on("tap", (event) => event.target === cy && root.actions.run("deselect"));
    cy.on("dragfree", "node", remember);
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

  root.map = {
    neighboursOf,
    first: () => (scene && scene.elements.length ? scene.elements[0].data.id : null),
    position: (id) => ({ ...cy.getElementById(marked(id)).position() }),
    has: (id) => Boolean(cy) && cy.getElementById(marked(id)).nonempty(),
    attend,
    scene: () => scene,
  };

  /* Clientside callbacks (explorer/callbacks/screen.py). */
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.conceptmap = {
    elements: (data) => {
      if (cy) return elements(data);
      return new Promise((resolve) => ready.push(() => resolve(elements(data))));
    },
    attend: () => {
      attend();
      if (selectedId()) root.sight.reveal(selectedId());
      return view().layout;
    },
    announce: () => {
      root.reading.panel();
      root.announce.view();
      return window.dash_clientside.no_update;
    },
    told: () => {
      root.reading.twin();
      return window.dash_clientside.no_update;
    },
    arrange: (name) => {
      arrange(name);
      return window.dash_clientside.no_update;
    },
    title: (title) => {
      if (title) document.title = title;
      return window.dash_clientside.no_update;
    },
    stylesheet: (theme, styles) => {
      requestAnimationFrame(() => attend()); // badges have the theme's colours
      return styles[theme];
    },
  };
})();
