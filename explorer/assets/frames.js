/* In which order pictures of the page are made: none of the map that only keeps others waiting, the panel before the map. */
(function (root) {
  "use strict";

  const LONGEST = 150; // milliseconds; an answer that takes longer is not waited for

  let held = null; // {renderer, until}

  /** A click changes nothing on the map before it is answered, but cytoscape makes a picture of it: without a graphics card
      that takes longer than the answer, which then waits. No picture until `release`, or for LONGEST. */
  function hold(renderer, clock = performance, next = requestAnimationFrame) {
    const mine = { renderer, until: clock.now() + LONGEST };
    held = mine;
    const step = () => {
      if (held !== mine) return;
      if (clock.now() >= mine.until) return release();
      renderer.skipFrame = true; // of the next one alone
      next(step);
    };
    step();
  }

  function release() {
    if (held) held.renderer.skipFrame = false;
    held = null;
  }

  /** Once the page has been seen as it is now; at once where nobody sees it. */
  function after(then) {
    if (document.hidden) setTimeout(then);
    else requestAnimationFrame(() => setTimeout(then));
  }

  const api = { hold, release, after, LONGEST };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).frames = api;
})(typeof window === "undefined" ? globalThis : window);
