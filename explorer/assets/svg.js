/* A drawing of the map as SVG text: pure, so that it is tested without a browser. export.js hands in what cytoscape
   has drawn, as plain data; texts come from anyone's files and are escaped here, once. */
(function (root) {
  "use strict";

  // What XML 1.0 cannot hold at all: control characters and halves of pairs.
  const NOT_IN_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const ASCENT = 0.92; // of a line of text, above its baseline
  // Corners in the unit square round the middle, as cytoscape has them.
  const CORNERS = {
    "round-diamond": [[0, -1], [1, 0], [0, 1], [-1, 0]],
    "round-hexagon": [[-1, 0], [-0.5, -1], [0.5, -1], [1, 0], [0.5, 1], [-0.5, 1]],
  };
  // Arrows with their tip in the origin, pointing down, in the unit of cytoscape.
  const ARROWS = {
    triangle: "M-.15-.3 0 0 .15-.3Z",
    vee: "M-.15-.3 0 0 .15-.3 0-.15Z",
    diamond: "M-.15-.15 0-.3 .15-.15 0 0Z",
    "triangle-backcurve": "M-.15-.3 0 0 .15-.3Q0-.15-.15-.3Z",
  };
  const DASHES = { dashed: "6 3", dotted: "1 1" };

  const escape = (text) => String(text).replace(NOT_IN_XML, "").replace(/[&<>"]/g, (sign) => SIGNS[sign]);
  const number = (value) => String(Math.round(value * 100) / 100);

  /** An element; attributes that are null are left out. */
  function element(name, attributes, ...children) {
    const told = Object.entries(attributes)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : escape(value)}"`);
    return `<${name}${told.join("")}>${children.join("")}</${name}>`;
  }

  /** A text in lines no wider than `width`, as the map wraps them: between words alone. */
  function wrap(text, width, measure) {
    return text.split("\n").flatMap((part) => {
      const lines = [];
      for (const word of part.split(/\s+/).filter(Boolean)) {
        const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
        if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
        else lines.push(word);
      }
      return lines;
    });
  }

  /** The outline of a term, `more` wider on each side. */
  function shape({ x, y, width, height, shape: name }, more, paint) {
    const [w, h] = [width / 2 + more, height / 2 + more];
    const corners = CORNERS[name];
    if (corners) {
      const points = corners.map(([cx, cy]) => `${number(x + cx * w)},${number(y + cy * h)}`).join(" ");
      return element("polygon", { points, "stroke-linejoin": "round", ...paint });
    }
    if (name !== "round-rectangle") return element("ellipse", { cx: x, cy: y, rx: w, ry: h, ...paint });
    return element("rect", { x: x - w, y: y - h, width: 2 * w, height: 2 * h, rx: Math.min(w, h) / 2, ...paint });
  }

  function term(node) {
    const { border, outline, label } = node;
    const paint = { fill: node.fill, "fill-opacity": node.fillOpacity };
    const line = border && {
      stroke: border.color,
      "stroke-width": border.width,
      "stroke-dasharray": DASHES[border.style] || null,
    };
    const ring = outline && { fill: "none", stroke: outline.color, "stroke-width": outline.width };
    return element(
      "g",
      { opacity: node.opacity },
      ring ? shape(node, ((border && border.width) || 0) / 2 + outline.width / 2, ring) : "",
      shape(node, 0, { ...paint, ...line }),
      words(label, node.x, node.y + node.height / 2 + label.gap),
    );
  }

  /** Lines of text under one another, the first one's top at `top`. */
  function words(label, x, top) {
    const step = label.size * label.spacing;
    const lines = label.lines.map((line, index) => element("tspan", { x, y: top + index * step + label.size * ASCENT }, escape(line)));
    const halo = {
      stroke: label.halo.color,
      "stroke-width": label.halo.width * 2,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    };
    const font = { "font-size": label.size, "font-weight": label.weight, fill: label.color };
    return element("text", { "text-anchor": "middle", ...font, ...halo }, ...lines);
  }

  function relation(edge) {
    const [tip, before] = [edge.points[edge.points.length - 1], edge.points[edge.points.length - 2]];
    const turn = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI - 90;
    const at = `translate(${number(tip.x)} ${number(tip.y)}) rotate(${number(turn)}) scale(${number(edge.arrow.size)})`;
    const line = { fill: "none", stroke: edge.color, "stroke-width": edge.width, "stroke-dasharray": DASHES[edge.style] || null };
    const arrow = ARROWS[edge.arrow.shape];
    return element(
      "g",
      { opacity: edge.opacity },
      element("path", { d: path(edge.points), ...line }),
      arrow ? element("path", { d: arrow, transform: at, fill: edge.arrow.color }) : "",
      edge.label ? told(edge) : "",
    );
  }

  /** A curve whose first and last points are its ends, and those between pull it. */
  function path(points) {
    const [start, ...rest] = points;
    const end = rest.pop();
    const at = ({ x, y }) => `${number(x)} ${number(y)}`;
    const bends = rest.map((pull, index) => {
      const next = rest[index + 1];
      const to = next ? { x: (pull.x + next.x) / 2, y: (pull.y + next.y) / 2 } : end;
      return `Q${at(pull)} ${at(to)}`;
    });
    return `M${at(start)}${bends.length ? bends.join("") : `L${at(end)}`}`;
  }

  /** The words on a relation, along it and never upside down. */
  function told({ points, label }) {
    const [start, end] = [points[0], points[points.length - 1]];
    const angle = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
    const upright = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
    const place = `translate(${number(label.x)} ${number(label.y)}) rotate(${number(upright)})`;
    const halo = { stroke: label.ground, "stroke-width": 5, "stroke-linejoin": "round", "paint-order": "stroke" };
    const font = { "font-size": label.size, fill: label.color, "text-anchor": "middle" };
    return element("text", { transform: place, y: label.size * 0.35, ...font, ...halo }, escape(label.text));
  }

  /** The file. Relations lie under terms, as on the map. */
  function draw({ title, box, ground, font, nodes, edges }) {
    const { x, y, width, height } = box;
    const size = { viewBox: [x, y, width, height].map(number).join(" "), width, height };
    const body = [
      element("title", {}, escape(title)),
      element("rect", { x, y, width, height, fill: ground }),
      ...edges.map(relation),
      ...nodes.map(term),
    ].join("\n");
    const frame = { xmlns: "http://www.w3.org/2000/svg", ...size, "font-family": font };
    return `<?xml version="1.0" encoding="UTF-8"?>\n${element("svg", frame, "\n", body, "\n")}\n`;
  }

  const api = { draw, wrap };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).svg = api;
})(typeof window === "undefined" ? globalThis : window);
