/* The health page over the map: open while the address names a set. What stands in it comes from
   explorer/callbacks/set_health.py; here it is shown, left, and read from its beginning. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const CLOSED = { set: "", part: "" };
  let now = CLOSED;
  let before = CLOSED; // what was open before the content that is on its way
  let term = ""; // what was selected when the page was opened
  let opener = null;
  let fresh = false; // the content on its way is another page or list than the one before
  let choosing = false;

  const byId = (id) => document.getElementById(id);

  /** Follow the address. */
  function follow(search) {
    const view = root.view.parse(search);
    if (view.health === now.set && view.part === now.part) return;
    before = now;
    now = { set: view.health, part: view.part };
    fresh = true;
    if (!before.set) {
      opener = document.activeElement;
      term = view.term;
    }
    byId("health").hidden = !now.set;
    if (!now.set) left(view.term);
    window.dash_clientside.set_props("health-of", { data: now });
  }

  /** Back on the map: the focus goes to what opened the page, or to the map with the term that was chosen. */
  function left(chosen) {
    const again = document.querySelector(`#panel [data-act="health"][data-of="${CSS.escape(before.set)}"]`);
    const back = opener && opener.isConnected && opener !== document.body ? opener : again;
    (chosen === term && back ? back : byId("map-box")).focus({ preventScroll: true });
  }

  /** The content has come. */
  function told() {
    const body = byId("health-body");
    if (!now.set || !body.childElementCount) return;
    if (fresh) arrive(body);
    else if (document.activeElement === document.body) focus(heading(body));
    fresh = false;
  }

  function arrive(body) {
    const button = before.part && !now.part && body.querySelector(`[data-act="part"][data-of="${CSS.escape(before.part)}"]`);
    if (button) return focus(button);
    byId("health").scrollTop = 0;
    focus(choosing ? body.querySelector("select") : heading(body));
    choosing = false;
  }

  const heading = (body) => body.querySelector(now.part ? ":scope > h3" : "h2") || body.querySelector("h2");

  function focus(element) {
    if (/^H\d$/.test(element.tagName)) element.tabIndex = -1;
    element.focus();
  }

  document.addEventListener("change", ({ target }) => {
    if (target.dataset.choose !== "health") return;
    choosing = true;
    root.actions.run("health", target.value);
  });

  /** One step back: from a list to the numbers, from the numbers to the map. */
  const leave = () => root.actions.run(now.part ? "part" : "health", "");

  root.health = { open: () => Boolean(now.set), follow, leave };

  // React has drawn by the next frame.
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.health = {
    told: () => {
      requestAnimationFrame(told);
      return window.dash_clientside.no_update;
    },
  };
})();
