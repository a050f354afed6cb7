/* What part of the map is in sight: fit, zoom, the first look, and bringing a term into view. Only the view moves here,
   never a term. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const NEAREST = 1.3; // the zoom beyond which fitting does not go
  const SMALLEST_START = 0.6; // a narrow window starts with readable names, not with everything
  const AT_EASE = 0.8; // names are read without effort
  const NARROW = 768; // as the stylesheet's phone: also a desktop at 200 %
  const ABOVE = 56; // a toolbar of one line
  const BELOW = 60;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  /** All on the screen, clear of what lies over the map, but never so near that three terms fill it. */
  function fit(animated = true) {
    const { cy } = root;
    if (!cy || cy.nodes().empty()) return;
    const box = whole();
    const room = clearRoom();
    look(box, Math.min(room.w / box.w, room.h / box.h, NEAREST), animated);
  }

  const whole = () => root.far.plain(root.cy, () => root.cy.elements().boundingBox());

  /** The canvas's idea of its own size may be from before the page had one; asking it anew is dear. */
  function measure() {
    const { cy } = root;
    const { clientWidth, clientHeight } = cy.container();
    if (cy.width() !== clientWidth || cy.height() !== clientHeight) cy.resize();
  }

  /** The first sight of a map: all of it, or on a narrow window the wanted term and what is round it; the beginning of one
      that is `read` from top to bottom. */
  function begin(wanted, read = false) {
    const { cy } = root;
    measure();
    const room = clearRoom();
    const box = whole();
    if (Math.min(room.w / box.w, room.h / box.h) >= SMALLEST_START || !narrow()) return fit(false);
    const middle = cy.getElementById(wanted);
    if (read && middle.empty()) return fromTop(box);
    const first = middle.nonempty() ? middle : cy.nodes()[0];
    look(root.far.plain(cy, () => first.boundingBox()), SMALLEST_START, false);
  }

  /** As wide as it is, if names can be read then, from its top. */
  function fromTop(box) {
    const room = clearRoom();
    const level = Math.max(Math.min(room.w / box.w, AT_EASE), SMALLEST_START);
    look({ ...box, y2: box.y1 + room.h / level }, level, false);
  }

  const narrow = () => root.cy.width() <= NARROW;

  /** Put the middle of `box` in the middle of the free room. */
  function look(box, level, animated) {
    const { cy } = root;
    const pan = root.room.pan(box, clearRoom(), level);
    if (animated && !calm.matches) cy.animate({ zoom: level, pan }, { duration: 220 });
    else cy.viewport({ zoom: level, pan });
  }

  /** Below the toolbar, and beside or above the legend. */
  function clearRoom() {
    const { cy } = root;
    const [toolbar, legend] = ["toolbar", "filters"].map((id) => document.getElementById(id));
    const above = Math.max(ABOVE, toolbar.offsetTop + toolbar.offsetHeight + 10);
    return root.room.free({ w: cy.width(), h: cy.height() }, above, BELOW, { w: legend.offsetWidth, h: legend.offsetHeight });
  }

  function zoom(factor) {
    const { cy } = root;
    const middle = { x: cy.width() / 2, y: cy.height() / 2 };
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: middle });
  }

  /** Bring a term into sight if it is outside: only the view moves, and only then. */
  function reveal(id) {
    const { cy } = root;
    const node = cy && cy.getElementById(id);
    if (!node || node.empty()) return;
    const { x, y } = node.renderedPosition();
    const margin = 48;
    if (x > margin && y > margin && x < cy.width() - margin && y < cy.height() - margin) return;
    cy.animate({ center: { eles: node } }, { duration: calm.matches ? 0 : 260 });
  }

  root.sight = { fit, begin, measure, zoom, reveal, clearRoom, narrow };
})();
