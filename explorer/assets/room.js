/* The room for a map in its window, and the look at a part of it. Pure: boxes are {x, y, w, h} or cytoscape's {x1, y1, x2, y2}.
   The exported page uses it too. */
(function (root) {
  "use strict";

  const BESIDE = 36; // between the legend and what lies above it
  const LEAST = 80;

  /** What of a window of {w, h} nothing lies over: below `above` and over `below`, and beside or above the legend ({w, h}) at
      the foot of its left side, wherever there is more. */
  function free({ w, h }, above, below, legend) {
    const side = Math.min(32, w * 0.04);
    const all = { x: side, y: above, w: w - 2 * side, h: Math.max(h - above - below, LEAST) };
    const beside = { ...all, x: all.x + legend.w, w: all.w - legend.w };
    const over = { ...all, h: Math.max(h - above - legend.h - BESIDE, LEAST) };
    return beside.w * beside.h > over.w * over.h ? beside : over;
  }

  /** How far a map is moved at a zoom for the middle of a box to be in the middle of a room. */
  const pan = (box, { x, y, w, h }, zoom) => ({
    x: x + (w - zoom * (box.x1 + box.x2)) / 2,
    y: y + (h - zoom * (box.y1 + box.y2)) / 2,
  });

  const api = { free, pan };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).room = api;
})(typeof window === "undefined" ? globalThis : window);
