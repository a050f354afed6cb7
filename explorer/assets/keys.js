/* The keyboard: one table of keys. Keys that a text field needs are left to it. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const DIRECTIONS = {
    ArrowLeft: { x: -1, y: 0 },
    ArrowRight: { x: 1, y: 0 },
    ArrowUp: { x: 0, y: -1 },
    ArrowDown: { x: 0, y: 1 },
  };
  const term = () => root.view.parse(window.location.search).term;
  const run = (act, of) => root.actions.run(act, of);

  /* Everywhere outside of text fields. */
  const ANYWHERE = {
    "/": () => root.search.focus(),
    "?": () => run("keys"),
    t: () => run("twin"),
    c: () => run("console"),
    h: () => run("health", root.health.open() ? "" : "*"),
    o: () => run("overview"),
    Backspace: back,
    Escape: escape,
  };

  /* Everywhere too, except where the map cannot be seen. */
  const OF_MAP = {
    f: () => run("fit"),
    "+": () => run("zoom-in"),
    "=": () => run("zoom-in"),
    "-": () => run("zoom-out"),
    e: () => term() && run("more", term()),
    m: () => root.menu.byKey(),
    x: () => term() && run("path-begin", term()),
    n: () => step(1),
    p: () => step(-1),
  };

  /* On the map only: arrows scroll elsewhere, Enter presses buttons elsewhere. */
  const ON_MAP = {
    Enter: () => term() && run(root.path.from() ? "select" : "focus", term()),
    ContextMenu: () => root.menu.byKey(),
    ...Object.fromEntries(Object.keys(DIRECTIONS).map((key) => [key, () => walk(DIRECTIONS[key])])),
  };

  /* With Ctrl, or Cmd on a Mac. */
  const WITH_CONTROL = {
    z: () => run("undo"),
    "Shift+z": () => run("redo"),
    y: () => run("redo"),
  };

  /** To the view before; the page that the reader came from is none. */
  function back() {
    if (window.navigation && !window.navigation.canGoBack) root.announce.flash("This is the first view.");
    else window.history.back();
  }

  function escape() {
    if (root.tip.shown()) return root.tip.hide();
    if (root.path.from()) return root.path.end();
    const twin = document.getElementById("text-twin");
    if (!twin.hidden) run("twin");
    else if (root.health.open()) root.health.leave();
    else if (term()) run("deselect");
  }

  /** To the neighbour that lies in this direction; with nothing selected, to the most important term. */
  function walk(direction) {
    const at = term();
    if (!at || !root.map.has(at)) return begin();
    const to = root.place.towards(root.map.position(at), root.map.neighboursOf(at), direction);
    if (to) run("walk", to);
    else root.announce.say("No neighbour that way. Press n for the next one.");
  }

  /** Through the neighbours of the term we came from, one after the other. */
  let hub = null;
  function step(by) {
    const at = term();
    if (!at || !root.map.has(at)) return begin();
    const fromHub = hub && root.map.has(hub) ? root.map.neighboursOf(hub).map((one) => one.id) : [];
    const place = fromHub.indexOf(at);
    if (place < 0) hub = at;
    const ring = place < 0 ? root.map.neighboursOf(at).map((one) => one.id) : fromHub;
    if (!ring.length) return;
    const next = place < 0 ? (by > 0 ? 0 : ring.length - 1) : (place + by + ring.length) % ring.length;
    run("walk", ring[next]);
  }

  /** With nothing selected, the most important term of the map is where a walk begins. */
  function begin() {
    const first = root.map.first();
    if (first) run("walk", first);
  }

  const isText = (element) => element.matches("input, textarea, select, [contenteditable=true]");

  /* Keys of a single sign can be switched off: who speaks to the computer types them by accident. */

  const STORAGE = "conceptmap-single-keys";
  let single = true;
  try {
    single = localStorage.getItem(STORAGE) !== "off";
  } catch {
    // forbidden: the keys are on
  }

  const showSingle = () => document.getElementById("single-keys").setAttribute("aria-checked", String(single));

  function toggleSingle() {
    single = !single;
    showSingle();
    try {
      localStorage.setItem(STORAGE, single ? "on" : "off");
    } catch {
      // forbidden: the choice is for this page
    }
  }

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if ((event.ctrlKey || event.metaKey) && key === "Enter" && target.closest("#console") && !event.defaultPrevented) {
      event.preventDefault();
      return root.console.run();
    }
    if (key === "Escape" && target.closest(".ag-popup-child")) return; // the table closes its filter by itself
    const leaving = key === "Escape" && target.closest("dialog");
    if (event.defaultPrevented || event.altKey || (isText(target) && !leaving)) return;
    const control = event.ctrlKey || event.metaKey;
    if (!control && !single && key.length === 1) return;
    const dialog = root.dialogs.open();
    if (dialog && key === "Escape") return root.dialogs.close(dialog);
    if (dialog && (dialog.contains(target) || dialog.matches(":modal"))) return;
    const seen = !root.health.open();
    // A list that is drawn anew takes the focus along for a moment: that is no wish to walk on the map.
    const nowhere = target === document.body && !root.twin.redrawing();
    const onMap = seen && (target.closest("#map-box") || nowhere);
    const shifted = (event.shiftKey ? "Shift+" : "") + key.toLowerCase();
    const named = shifted === "Shift+f10" ? "ContextMenu" : key;
    const does = control ? WITH_CONTROL[shifted] : (onMap && ON_MAP[named]) || (seen && OF_MAP[key]) || ANYWHERE[key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  root.keys = { showSingle, toggleSingle, single: () => single };
})();
