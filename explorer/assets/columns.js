/* Maps that are read from left to right: a path, a column a hop, and a reading order, a column a layer.

   `places` and `order` are pure: columns are arrays of ids. What else comes onto such a map is placed as ever
   (place.js), and steps back. */
(function (root) {
  "use strict";

  const WIDE = 220; // room for two names and the words between them
  const NARROW = 160; // room for two names
  const DOWN = 104;
  const MOST_ROWS = 7; // a longer column stands in several
  const READABLE = 0.65; // the zoom at which names can be read
  const MOST_LINES = 5;
  const SWEEPS = 3;

  /** Places for the ids of all columns: a Map from ids to {x, y}, each column in the middle of the height.

      One line from left to right if names can be read then in a `room` of {w, h}; else columns go on in lines below one
      another, as text does, as many as show the names largest. */
  function places(columns, edges, room) {
    const ordered = order(columns, edges).flatMap(parts);
    const lower = leap(ordered, edges) ? 0.3 : 0;
    let best = null;
    for (let lines = 1; lines <= MOST_LINES; lines += 1) {
      for (const across of [WIDE, NARROW]) {
        const found = inLines(ordered, Math.ceil(ordered.length / lines), across, lower);
        const zoom = Math.min(room.w / (found.w + NARROW), room.h / (found.h + DOWN));
        if (zoom >= READABLE) return found.places;
        if (!best || zoom > best.zoom * 1.05) best = { zoom, places: found.places };
      }
    }
    return best.places;
  }

  /** A column that is too long stands in several of like length. */
  function parts(column) {
    const count = Math.max(1, Math.ceil(column.length / MOST_ROWS));
    const rows = Math.ceil(column.length / count);
    return Array.from({ length: count }, (_, part) => column.slice(part * rows, (part + 1) * rows));
  }

  /** Does a relation leap over a column? It would lie on the terms between if all columns stood at one height. */
  function leap(columns, edges) {
    const at = new Map(columns.flatMap((column, index) => column.map((id) => [id, index])));
    return edges.some(({ source, target }) => Math.abs(at.get(source) - at.get(target)) > 1);
  }

  /** Columns in lines of `most` columns, with the width and height that they take; every other one is `lower`. */
  function inLines(columns, most, across, lower) {
    const found = new Map();
    let y = 0;
    for (let first = 0; first < columns.length; first += most) {
      const line = columns.slice(first, first + most);
      const rows = Math.max(1, ...line.map((column) => column.length));
      line.forEach((column, at) =>
        column.forEach((id, row) =>
          found.set(id, { x: at * across, y: y + (row + (rows - column.length) / 2 + (at % 2) * lower) * DOWN }),
        ),
      );
      y += (rows + 0.4 + lower) * DOWN;
    }
    return { places: found, w: (Math.min(most, columns.length) - 1) * across, h: y - 1.4 * DOWN };
  }

  /** The columns, each in the order of its terms' relations with the column beside it: fewer lines cross. */
  function order(columns, edges) {
    const near = new Map();
    const add = (one, other) => (near.has(one) ? near.get(one).push(other) : near.set(one, [other]));
    for (const { source, target } of edges) {
      add(source, target);
      add(target, source);
    }
    const made = columns.map((column) => column.slice());
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      const forth = sweep % 2 === 0;
      for (let step = 1; step < made.length; step += 1) {
        const at = forth ? step : made.length - 1 - step;
        sortBy(made[at], made[forth ? at - 1 : at + 1], near);
      }
    }
    return made;
  }

  /** Sort a column by the middle of its neighbours in the column beside; who has none there stays about where it is. */
  function sortBy(column, beside, near) {
    const heights = new Map(beside.map((id, index) => [id, height(index, beside)]));
    const wish = new Map(
      column.map((id, index) => {
        const others = (near.get(id) || []).filter((other) => heights.has(other)).map((other) => heights.get(other));
        return [id, others.length ? others.reduce((sum, one) => sum + one, 0) / others.length : height(index, column)];
      }),
    );
    column.sort((one, other) => wish.get(one) - wish.get(other));
  }

  const height = (index, column) => (index + 0.5) / column.length;

  /** Give the terms of the columns their places, those that have none yet in `positions`. */
  function seed(columns, edges, positions) {
    if (!columns.length) return;
    places(columns, edges, root.conceptmap.sight.clearRoom()).forEach((point, id) => {
      if (!positions.has(id)) positions.set(id, root.conceptmap.place.rounded(point));
    });
  }

  /** What was brought in steps back from the columns and hops. A path stands out also while a term is selected. */
  function mark(cy, columns, hops, isPath) {
    const ids = new Set(columns.flat());
    const pairs = new Set(hops.flatMap(([one, other]) => [one + " " + other, other + " " + one]));
    cy.batch(() => {
      cy.elements().removeClass("aside online");
      if (!ids.size) return;
      cy.nodes().filter((node) => !ids.has(node.id()) && !node.hasClass("selected")).addClass("aside");
      const [line, rest] = split(cy.edges(), (edge) => pairs.has(edge.source().id() + " " + edge.target().id()));
      rest.addClass("aside");
      if (!isPath) return;
      line.addClass("online").removeClass("faded");
      line.connectedNodes().removeClass("faded");
    });
  }

  /** The choices of a layout; the first one is called as what it draws in this view. */
  function choices([first, ...others], { path, reading }) {
    return [{ ...first, label: path.length || reading ? "Left to right" : "Organic" }, ...others];
  }

  const split = (edges, wanted) => [edges.filter(wanted), edges.filter((edge) => !wanted(edge))];

  const api = { places, order, seed, mark, choices };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).columns = api;
})(typeof window === "undefined" ? globalThis : window);
