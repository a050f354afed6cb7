/* Maps that are read from left to right, on a phone from top to bottom: a path, a column (a row) a hop, and a reading
   order, one a layer.

   `places` and `order` are pure: columns are arrays of ids. What else comes onto such a map is placed as ever
   (place.js), and steps back. */
(function (root) {
  "use strict";

  const WIDE = 220; // room for two names and the words between them
  const NARROW = 160; // room for two names
  const DOWN = 104;
  const MOST_ROWS = 7; // a longer column stands in several
  const SLIM = 480; // a room that is slimmer is read from top to bottom
  const MOST_ACROSS = 3; // a longer row, there, stands in several
  const FARTHER_DOWN = 128; // room for a name and the words below it
  const READABLE = 0.65; // the zoom at which names can be read
  const MOST_LINES = 5;
  const SWEEPS = 3;
  const ROUNDS = 6;

  /** Places for the ids of all columns: a Map from ids to {x, y}, each column in the middle of the height.

      One line from left to right if names can be read then in a `room` of {w, h}; else columns go on in lines below one
      another, as text does, as many as show the names largest. In a slim room each column is a row. */
  function places(columns, edges, room) {
    return untangle(columns, edges, room.w < SLIM ? downwards(columns, edges) : inLinesOf(columns, edges, room));
  }

  function downwards(columns, edges) {
    const rows = order(columns, edges).flatMap((column) => parts(column, MOST_ACROSS));
    const aside = leap(rows, edges) ? 0.3 : 0;
    const place = (row, y) => (id, at) =>
      [id, { x: (at - (row.length - 1) / 2 + (y % 2) * aside) * NARROW, y: y * FARTHER_DOWN }];
    return new Map(rows.flatMap((row, y) => row.map(place(row, y))));
  }

  function inLinesOf(columns, edges, room) {
    const ordered = order(columns, edges).flatMap((column) => parts(column, MOST_ROWS));
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
  function parts(column, most) {
    const count = Math.max(1, Math.ceil(column.length / most));
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

  /** Terms of a column change places as long as fewer lines cross by it, or as many shorter ones. */
  function untangle(columns, edges, places) {
    const ids = [...places.keys()];
    const number = new Map(ids.map((id, index) => [id, index]));
    const [x, y] = ["x", "y"].map((axis) => ids.map((id) => places.get(id)[axis]));
    const lines = linesOf(edges, number);
    const near = ids.map((_, index) => lines.filter((line) => line.includes(index)));
    const numbered = columns.map((column) => column.map((id) => number.get(id)));
    let better = true;
    for (let round = 0; better && round < ROUNDS; round += 1) {
      better = false;
      for (const [one, other] of numbered.flatMap(pairs)) {
        const moved = [...new Set([...near[one], ...near[other]])];
        const before = tangle(moved, lines, x, y);
        swap(one, other, x, y);
        if (tangle(moved, lines, x, y) < before - 0.001) better = true;
        else swap(one, other, x, y);
      }
    }
    return new Map(ids.map((id, index) => [id, { x: x[index], y: y[index] }]));
  }

  const pairs = (column) => column.flatMap((one, index) => column.slice(index + 1).map((other) => [one, other]));

  /** The lines between terms, as pairs of their numbers. Several relations of two terms are one line. */
  function linesOf(edges, number) {
    const ends = edges.map(({ source, target }) => [number.get(source), number.get(target)].sort((a, b) => a - b));
    const drawn = ends.filter(([one, other]) => one !== undefined && other !== undefined && one !== other);
    return [...new Map(drawn.map((line) => [line.join(), line])).values()];
  }

  function swap(one, other, ...axes) {
    for (const axis of axes) [axis[one], axis[other]] = [axis[other], axis[one]];
  }

  /** How often the `moved` lines cross others; all their lengths count less than one crossing. */
  function tangle(moved, lines, x, y) {
    const side = (a, b, c) => (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
    let sum = 0;
    for (const [a, b] of moved) {
      sum += Math.hypot(x[a] - x[b], y[a] - y[b]) / 1e5;
      for (const [c, d] of lines) {
        if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) sum += 1;
      }
    }
    return sum;
  }

  const height = (index, column) => (index + 0.5) / column.length;

  /** Give the terms of the columns, and of the `hops` between them, their places, those that have none yet in `positions`. */
  function seed(columns, hops, positions) {
    if (!columns.length) return;
    const edges = hops.map(([source, target]) => ({ source, target }));
    places(columns, edges, root.conceptmap.sight.clearRoom()).forEach((point, id) => {
      if (!positions.has(id)) positions.set(id, root.conceptmap.place.rounded(point));
    });
  }

  /** What was brought in steps back from the columns and hops. A path stands out also while a term is selected.
      `found` are the marks without columns: collections by class. */
  function marks(cy, columns, hops, isPath, found) {
    const none = cy.collection();
    const ids = new Set(columns.flat());
    if (!ids.size) return { ...found, aside: none, online: none };
    const pairs = new Set(hops.flatMap(([one, other]) => [one + " " + other, other + " " + one]));
    const line = cy.edges().filter((edge) => pairs.has(edge.source().id() + " " + edge.target().id()));
    const others = cy.nodes().filter((node) => !ids.has(node.id())).difference(found.selected);
    const aside = cy.edges().difference(line).union(others);
    if (!isPath) return { ...found, aside, online: none };
    return {
      ...found,
      aside,
      online: line,
      faded: found.faded.difference(line).difference(line.connectedNodes()),
    };
  }

  /** The first choice of a layout is called as what it draws in this view. */
  const first = ({ path, reading }) => (path.length || reading ? "Left to right" : "Organic");

  const api = { places, order, seed, marks, first };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).columns = api;
})(typeof window === "undefined" ? globalThis : window);
