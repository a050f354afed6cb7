/* Where the reader is in a text that changes under them: a new term is read from its beginning, by eye and by ear. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  let last = null; // what in the panel has, or had until it was drawn anew, the focus
  let about = null; // the heading of the panel
  let scrolled = false; // asking the panel itself makes the browser lay the page out

  document.addEventListener("focusin", ({ target }) => {
    last = target.closest("#panel-body") ? root.drawn.acting(target) : null;
  });
  // An element that is still there has lost the focus because the reader went elsewhere.
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget) queueMicrotask(() => target.isConnected && document.hasFocus() && (last = null));
  });

  document.addEventListener("scroll", ({ target }) => (scrolled = scrolled || target.id === "panel-body"), true);

  /** The panel has changed: to another term, or only in what it says of this one. */
  function panel() {
    const heading = document.querySelector("#panel-body h2");
    const another = about !== null && (!heading || heading.textContent !== about);
    about = heading ? heading.textContent : "";
    if (another && scrolled) document.getElementById("panel-body").scrollTop = 0;
    if (another) scrolled = false;
    if (!last || (!another && document.activeElement !== document.body)) return;
    const same = another ? null : root.drawn.same(document.getElementById("panel-body"), last);
    focus(same || heading, { preventScroll: true });
  }

  function focus(element, options) {
    if (!element) return;
    if (element.tagName === "H2") element.tabIndex = -1;
    element.focus(options);
  }

  root.reading = { panel };
})();
