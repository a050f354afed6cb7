/* What the reader moves: a term that is dragged or pinned, and the whole map arranged anew. Each begins another
   arrangement (arrangements.js) and is a step that can be taken back (undo.js). */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  let held = null; // where the term that is dragged was taken up

  const placeOf = (node) => root.place.rounded(node.position());

  function listen(cy) {
    cy.on("grab", "node", ({ target }) => (held = placeOf(target)));
    cy.on("dragfree", "node", ({ target }) => dropped(target));
  }

  function dropped(node) {
    const from = held;
    const to = placeOf(node);
    held = null;
    if (!from || !root.map.drawn() || (from.x === to.x && from.y === to.y)) return;
    node.position(to);
    root.arrangements.change({ moved: new Map([[node.id(), to]]) });
    root.map.remember();
    root.undo.did(`moved ${node.data("label")}`);
  }

  /** The present arrangement is another one now: everybody to their places. */
  function follow() {
    if (!root.map.drawn()) return;
    const { cy } = root;
    const { places } = root.arrangements.now();
    cy.batch(() => cy.nodes().forEach((node) => places.has(node.id()) && node.position({ ...places.get(node.id()) })));
    root.map.attend(true);
    root.map.remember();
    const { term } = root.view.parse(window.location.search);
    if (term) root.sight.reveal(root.map.marked(term));
  }

  function arrangeAnew() {
    if (!root.map.drawn() || root.cy.nodes().empty()) return;
    root.arrangements.renew();
    root.map.arrange();
    root.map.remember();
    root.sight.fit();
    root.undo.did("arranged the map anew");
    root.announce.flash("The map is arranged anew.");
  }

  const isPinned = (id) => Boolean(root.arrangements.now()) && root.arrangements.now().pins.has(root.map.marked(id));

  function pin(id, wanted) {
    if (!root.map.drawn() || !root.map.has(id)) return;
    const pins = new Set(root.arrangements.now().pins);
    pins[wanted ? "add" : "delete"](root.map.marked(id));
    root.arrangements.change({ pins });
    root.map.remember();
    root.map.attend(true);
    const name = root.map.nameOf(id);
    root.undo.did(`${wanted ? "pinned" : "unpinned"} ${name}`);
    root.announce.flash(wanted ? `${name} is pinned: it stays when the map is arranged.` : `${name} is not pinned any more.`);
  }

  root.moves = { listen, follow, arrangeAnew, isPinned, pin };
})();
