/* Where the reader is in a text that changes under them: a new term is read from its beginning, by eye and by ear. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  let within = ""; // the text that has, or had until it changed, the focus: "panel-body" or none
  let about = null; // the heading of the panel

  document.addEventListener("focusin", ({ target }) => {
    const text = target.closest("#panel-body");
    within = text ? text.id : "";
  });
  // An element that is still there has lost the focus because the reader went elsewhere.
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget) queueMicrotask(() => target.isConnected && document.hasFocus() && (within = ""));
  });

  /** The panel has changed: to another term, or only in what it says of this one. */
  function panel() {
    const heading = document.querySelector("#panel-body h2");
    const another = about !== null && (!heading || heading.textContent !== about);
    about = heading ? heading.textContent : "";
    if (another) document.getElementById("panel-body").scrollTop = 0;
    const lost = another || document.activeElement === document.body;
    if (within === "panel-body" && lost) focus(heading, { preventScroll: true });
  }

  function focus(element, options) {
    if (!element) return;
    if (element.tagName === "H2") element.tabIndex = -1;
    element.focus(options);
  }

  // React has drawn by the next frame.
  root.reading = { panel: () => requestAnimationFrame(panel) };
})();
