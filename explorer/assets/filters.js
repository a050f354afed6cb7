/* The legend as the filter: its groups fold, "only this" by Alt and a click, and the focus stays where it was when
   the legend is drawn anew. What hides and shows is in actions.js. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const STORAGE = "conceptmap-folds";
  const wide = window.matchMedia("(min-width: 64em) and (min-height: 40em)");
  const high = window.matchMedia("(min-height: 55em)");
  let last = null; // what in the legend has, or had until it was drawn anew, the focus

  const legend = () => document.getElementById("filters");
  const folds = () => legend().querySelectorAll("details[data-fold]");

  /* Which groups are open: as the reader left them, else as there is room. */

  let chosen = {};
  try {
    chosen = JSON.parse(sessionStorage.getItem(STORAGE)) || {};
  } catch {
    // forbidden: as there is room
  }

  function isOpen(fold) {
    if (fold in chosen) return chosen[fold];
    return { filters: wide.matches, categories: true, sets: high.matches, kinds: high.matches }[fold] || false;
  }

  function fold() {
    if (legend()) folds().forEach((one) => (one.open = isOpen(one.dataset.fold)));
  }

  function choose(one) {
    chosen = { ...chosen, [one.dataset.fold]: !one.open };
    try {
      sessionStorage.setItem(STORAGE, JSON.stringify(chosen));
    } catch {
      // forbidden: the choice is for this page
    }
  }

  wide.addEventListener("change", fold);
  high.addEventListener("change", fold);

  /* The focus. */

  document.addEventListener("focusin", ({ target }) => {
    last = target.closest("#filters") ? root.drawn.acting(target) : null;
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget) queueMicrotask(() => target.isConnected && document.hasFocus() && (last = null));
  });

  /** To the button that had it; where that is gone, to the head of the legend, or else to the map. */
  function refocus() {
    if (!last || document.activeElement !== document.body) return;
    (root.drawn.same(legend(), last) || legend().querySelector("summary") || document.getElementById("map-box")).focus();
  }

  function drawn() {
    fold();
    refocus();
  }

  document.addEventListener(
    "click",
    (event) => {
      const summary = event.target.closest("#filters summary");
      if (summary) choose(summary.parentElement);
      const toggle = event.altKey && event.target.closest("#filters [data-act^=toggle]");
      if (!toggle) return;
      event.preventDefault();
      event.stopPropagation();
      root.actions.run(toggle.dataset.act.replace("toggle", "only"), toggle.dataset.of);
    },
    true,
  );

  /** All that a group of the legend lists, by what its lines do. */
  const names = (toggle) => [...legend().querySelectorAll(`[data-act="${toggle}"]`)].map((one) => one.dataset.of);

  root.filters = { names, drawn };
})();
