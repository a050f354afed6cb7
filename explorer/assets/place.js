/* Where terms go that come onto the map: round the term they belong to, on free ground, while nobody else moves.

   Pure geometry on boxes {x, y, w, h} (x, y: the centre), so that it is tested without a browser. */
(function (root) {
  "use strict";

  const GAP = 14;
  const MOST_TRIES = 8;
  const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: points of a spiral never line up

  const overlap = (a, b, gap = GAP) =>
    Math.abs(a.x - b.x) * 2 < a.w + b.w + gap * 2 && Math.abs(a.y - b.y) * 2 < a.h + b.h + gap * 2;

  /** Places for `items` ({id, w, h, near: [points of neighbours that have a place]}) round `centre`.

      Each takes the nearest free place in the direction of its own neighbours; with none, the places go round.
      Returns a Map from ids to {x, y}. `taken` are the boxes of all that is there; it is not changed. */
  function around(centre, items, taken) {
    const boxes = taken.slice();
    const places = new Map();
    items.forEach((item, index) => {
      const wish = wishOf(centre, item, index, items.length);
      const box = nearestFree(centre, wish, item, boxes);
      boxes.push(box);
      places.set(item.id, { x: box.x, y: box.y });
    });
    return places;
  }

  /** Give a place in `positions` (a Map from ids to {x, y}) to those of `nodes` that have none yet.

      Each comes in around the selected term `wanted` if they are related, else around any neighbour that has a place,
      else in the `middle` of what is seen. The selected term goes first: its neighbours come in around it. */
  function settle(nodes, edges, positions, wanted, middle) {
    const near = neighboursOf(edges);
    const known = nodes.filter((node) => positions.has(node.id));
    const taken = known.map((node) => boxOf(node, positions.get(node.id)));
    const put = (newcomers, anchor) => {
      const items = newcomers.map((node) => ({
        ...boxOf(node),
        near: (near.get(node.id) || []).map((id) => positions.get(id)).filter(Boolean),
      }));
      const places = around(anchor, items, taken);
      items.forEach((item) => {
        const { x, y } = places.get(item.id);
        taken.push({ ...item, x, y });
        positions.set(item.id, rounded({ x, y: y - item.shift }));
      });
    };
    const fresh = nodes.filter((node) => !positions.has(node.id));
    for (const node of fresh) if (node.id === wanted) put([node], anchorOf(node.id, near, positions, wanted, middle));
    const groups = new Map();
    for (const node of fresh.filter(({ id }) => id !== wanted)) {
      const anchor = anchorOf(node.id, near, positions, wanted, middle);
      const key = JSON.stringify(anchor);
      if (!groups.has(key)) groups.set(key, { anchor, newcomers: [] });
      groups.get(key).newcomers.push(node);
    }
    groups.forEach(({ anchor, newcomers }) => put(newcomers, anchor));
  }

  /** Of those who come `back` (a Set of ids) to places they had, the ones on whose place somebody was put since. The order
      of `places` is the order in which everybody was put there. */
  function crowded(nodes, places, back) {
    const order = new Map([...places.keys()].map((id, index) => [id, index]));
    const boxes = nodes.filter(({ id }) => places.has(id)).map((node) => boxOf(node, places.get(node.id)));
    const lies = (a, b) => Math.abs(a.x - b.x) * 2 < (a.w + b.w) * 0.9 && Math.abs(a.y - b.y) * 2 < (a.h + b.h) * 0.9;
    return boxes
      .filter((box) => back.has(box.id))
      .filter((box) => boxes.some((other) => order.get(other.id) > order.get(box.id) && !back.has(other.id) && lies(box, other)))
      .map((box) => box.id);
  }

  function neighboursOf(edges) {
    const near = new Map();
    const add = (from, to) => (near.has(from) ? near.get(from).push(to) : near.set(from, [to]));
    for (const { source, target } of edges) {
      add(source, target);
      add(target, source);
    }
    return near;
  }

  function anchorOf(id, near, positions, wanted, middle) {
    const neighbours = near.get(id) || [];
    const placed = neighbours.filter((one) => positions.has(one));
    const host = placed.includes(wanted) ? wanted : placed[0];
    return { ...(positions.get(host) || middle) };
  }

  /** The box of a node with its label, which hangs below: the box's centre lies lower than the node's, by `shift`. */
  function boxOf({ id, label, size, font }, at = { x: 0, y: 0 }) {
    const box = sizeOf(label, size, font);
    const shift = (box.h - size) / 2;
    return { id, ...box, shift, x: at.x, y: at.y + shift };
  }

  function wishOf(centre, item, index, count) {
    const others = (item.near || []).filter((point) => point.x !== centre.x || point.y !== centre.y);
    const turn = (2 * Math.PI * index) / Math.max(count, 1) - Math.PI / 2;
    const radius = 130;
    if (!others.length) return { x: centre.x + radius * Math.cos(turn), y: centre.y + radius * Math.sin(turn) };
    const x = others.reduce((sum, point) => sum + point.x, 0) / others.length;
    const y = others.reduce((sum, point) => sum + point.y, 0) / others.length;
    const away = Math.hypot(x - centre.x, y - centre.y) || 1;
    return { x: centre.x + ((x - centre.x) / away) * radius, y: centre.y + ((y - centre.y) / away) * radius };
  }

  /** The free place with the least way from the wish and from the centre, on rings that grow until one is found. */
  function nearestFree(centre, wish, item, boxes) {
    let best = null;
    for (let ring = 1; ring <= 40; ring += 1) {
      const radius = 76 + ring * 28;
      const steps = Math.max(12, Math.round((2 * Math.PI * radius) / 36));
      for (let step = 0; step < steps; step += 1) {
        const angle = (2 * Math.PI * step) / steps + ring * TURN;
        const box = {
          x: centre.x + radius * Math.cos(angle),
          y: centre.y + radius * Math.sin(angle) * 0.86, // labels are wide: rings a little flat look round
          w: item.w,
          h: item.h,
        };
        const cost = Math.hypot(box.x - wish.x, box.y - wish.y) * 0.45 + radius;
        if ((!best || cost < best.cost) && !boxes.some((other) => overlap(box, other))) best = { ...box, cost };
      }
      if (best && best.cost < radius + 28) break;
    }
    if (best) return { x: best.x, y: best.y, w: item.w, h: item.h };
    const far = Math.max(0, ...boxes.map((box) => box.y + box.h / 2)) + item.h;
    return { x: centre.x, y: far, w: item.w, h: item.h };
  }

  /** Move boxes apart until none overlap (or the rounds are over), each pair along the shorter way; those that are
      `fixed` stay. Changes them. */
  function separate(boxes, rounds = 80) {
    for (let round = 0; round < rounds; round += 1) {
      let moved = false;
      for (let i = 0; i < boxes.length; i += 1) {
        for (let j = i + 1; j < boxes.length; j += 1) moved = part(boxes[i], boxes[j]) || moved;
      }
      if (!moved) return;
    }
  }

  /** Draw boxes that stand apart closer together, each way as far as it takes until all of them lie within `most`
      ({w, h}) and none overlap; where that cannot be, as close as it goes. Gives new boxes. */
  function gather(boxes, most) {
    const scale = { x: 1, y: 1 };
    let best = null;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const tried = boxes.map((box) => ({ ...box, x: box.x * scale.x, y: box.y * scale.y }));
      separate(tried, 200);
      const { w, h } = extent(tried);
      const over = Math.max(w / most.w, h / most.h);
      if (!best || over < best.over) best = { over, boxes: tried };
      if (over <= 1) break;
      scale.x *= Math.min(1, (0.97 * most.w) / w);
      scale.y *= Math.min(1, (0.97 * most.h) / h);
    }
    return best.boxes;
  }

  function extent(boxes) {
    const along = (axis, side) =>
      Math.max(...boxes.map((box) => box[axis] + box[side] / 2)) - Math.min(...boxes.map((box) => box[axis] - box[side] / 2));
    return { w: along("x", "w"), h: along("y", "h") };
  }

  function part(a, b) {
    const x = (a.w + b.w) / 2 + GAP / 2 - Math.abs(a.x - b.x);
    const y = (a.h + b.h) / 2 + GAP / 2 - Math.abs(a.y - b.y);
    if (x <= 0.01 || y <= 0.01 || (a.fixed && b.fixed)) return false;
    const [axis, way] = x < y ? ["x", x] : ["y", y];
    const apart = a[axis] <= b[axis] ? way : -way;
    const share = a.fixed ? 0 : b.fixed ? 1 : 0.5;
    a[axis] -= apart * share;
    b[axis] += apart * (1 - share);
    return true;
  }

  /** Rings round the first of `ids`, as many on each as have room for their labels: a Map from ids to {x, y}. */
  function rings(ids, width, gap) {
    const places = new Map();
    let at = 0;
    for (let ring = 0; at < ids.length; ring += 1) {
      const radius = ring * gap;
      const most = ring ? Math.floor((2 * Math.PI * radius) / width) : 1;
      const here = ids.slice(at, at + most);
      here.forEach((id, index) => {
        const angle = (2 * Math.PI * index) / here.length - Math.PI / 2;
        places.set(id, { x: radius * 1.2 * Math.cos(angle), y: radius * Math.sin(angle) });
      });
      at += most;
    }
    return places;
  }

  /** One circle, as small as its labels allow: where they stand one over the other they stand closer. `items` are boxes
      {id, w, h}; a Map from ids to {x, y}. */
  function circle(items) {
    for (let radius = 40; ; radius *= 1.02) {
      const found = onCircle(items, radius);
      if (found) return found;
    }
  }

  function onCircle(items, radius) {
    const step = 4 / radius;
    const boxes = [];
    let angle = -Math.PI / 2;
    const at = ({ id, w, h }) => ({ id, w, h, x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    for (const item of items) {
      let box = at(item);
      while (boxes.some((other) => overlap(box, other, GAP / 2))) {
        angle += step;
        if (angle > 1.5 * Math.PI) return null;
        box = at(item);
      }
      boxes.push(box);
    }
    return new Map(boxes.map(({ id, x, y }) => [id, { x, y }]));
  }

  /** Rows and columns, as many of each as let the names be largest in a room ({w, h}): boxes {id, w, h, size} to a Map from
      ids to {x, y}, in their order. A column is as wide as its widest label; the nodes of a row stand on one line. */
  function grid(boxes, room, gap = 22) {
    const most = (items, of) => Math.max(...items.map(of));
    const sum = (sizes) => sizes.reduce((all, one) => all + one, 0);
    let best = null;
    for (let columns = 1; columns <= boxes.length; columns += 1) {
      const rows = cut(boxes, columns, false);
      const widths = cut(boxes, columns, true).map((column) => most(column, ({ w }) => w) + gap);
      const above = rows.map((row) => most(row, ({ size }) => size) / 2);
      const heights = rows.map((row, at) => above[at] + most(row, ({ h, size }) => h - size / 2) + gap);
      const level = Math.min(room.w / sum(widths), room.h / sum(heights));
      if (!best || level > best.level) best = { level, columns, widths, heights, above };
    }
    return new Map(boxes.map((box, at) => [box.id, inCell(at, best)]));
  }

  /** The columns, or the rows, of items that stand in so many columns. */
  function cut(items, columns, upright) {
    const lines = [];
    items.forEach((item, at) => {
      const line = upright ? at % columns : Math.floor(at / columns);
      (lines[line] = lines[line] || []).push(item);
    });
    return lines;
  }

  function inCell(at, { columns, widths, heights, above }) {
    const before = (sizes, end) => sizes.slice(0, end).reduce((all, one) => all + one, 0);
    const [column, row] = [at % columns, Math.floor(at / columns)];
    return { x: before(widths, column) + widths[column] / 2, y: before(heights, row) + above[row] };
  }

  /** Break layers that are too wide into rows: {id, x, y, h, size} of a layered layout to a Map from ids to {x, y}.

      The order stays. A row is as high as its labels, which hang below the nodes. A layer keeps together; the next one
      begins after a wider gap. */
  function rows(points, most, width, gap) {
    const layers = new Map();
    for (const point of points) {
      const level = Math.round(point.y);
      if (!layers.has(level)) layers.set(level, []);
      layers.get(level).push(point);
    }
    const places = new Map();
    let y = 0;
    for (const level of [...layers.keys()].sort((a, b) => a - b)) {
      const layer = layers.get(level).sort((a, b) => a.x - b.x);
      const count = Math.ceil(layer.length / most);
      const wide = Math.ceil(layer.length / count);
      for (let at = 0; at < layer.length; at += wide) {
        const row = layer.slice(at, at + wide);
        const first = -(row.length - 1) / 2;
        y += Math.max(...row.map(({ size }) => size / 2));
        for (const [index, point] of row.entries()) places.set(point.id, { x: (first + index) * width, y });
        y += Math.max(...row.map(({ h, size }) => h - size / 2)) + gap;
      }
      y += gap * 2;
    }
    return places;
  }

  /** The size of a node with its label below, before it is drawn. */
  function sizeOf(label, size, font) {
    const width = 132;
    const letters = Math.max(1, Math.floor(width / (font * 0.56)));
    let lines = 1;
    let used = 0;
    let longest = 0;
    for (const word of label.split(/\s+/)) {
      if (used && used + 1 + word.length > letters) {
        lines += 1;
        used = word.length;
      } else used += (used ? 1 : 0) + word.length;
      longest = Math.max(longest, used);
    }
    return { w: Math.max(size, longest * font * 0.58), h: size + 5 + lines * font * 1.2 };
  }

  /** Of the points of a node's neighbours, the one that lies best in the direction of an arrow key. */
  function towards(from, points, direction) {
    let best = null;
    for (const point of points) {
      const x = point.x - from.x;
      const y = point.y - from.y;
      const length = Math.hypot(x, y) || 1;
      const cosine = (x * direction.x + y * direction.y) / length;
      // Within 60 degrees; straight and near is better than askew or far.
      const cost = length * (2 - cosine);
      if (cosine > 0.5 && (!best || cost < best.cost)) best = { id: point.id, cost };
    }
    return best && best.id;
  }

  /** Math.random with a seed, so that a layout that rolls dice gives the same map each time. */
  function seeded(seed) {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = state;
      mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  // What is kept in the session and what is drawn must be the same to the last digit, or Back moves things.
  const rounded = ({ x, y }) => ({ x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 });

  const api = { around, circle, crowded, gather, grid, overlap, rings, rounded, rows, separate, settle, sizeOf, towards, seeded };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).place = api;
})(typeof window === "undefined" ? globalThis : window);
