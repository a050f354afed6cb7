/* What is on the map as a file: the button in the header and its menu. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const FORMATS = [
    ["png", "PNG, a picture"],
    ["svg", "SVG, a drawing"],
    ["json", "JSON of Cytoscape"],
    ["graphml", "GraphML, a graph"],
    ["csv", "CSV, a table"],
    ["html", "HTML, a page that works offline"],
  ];
  const AROUND = 24; // free ground round a picture
  const SCALE = 2;
  const A_MOMENT = 400; // what takes longer is told
  const MOST_PIXELS = 12000; // a side; beyond, browsers make no picture at all
  // What leads the eye for a moment is not part of the map.
  const PASSING = ["faded", "pointed", "badged", "told-now", "far", "mute"];
  const FAR = ["farFont", "farWidth", "farOutline", "farBelow"];
  const INTERNAL = ["badge", "badgeWidth", "waiting", "wordsX", "wordsY", ...FAR];

  const view = () => root.view.parse(window.location.search);
  const termOf = (id) => id.trimEnd(); // see `marked` in map.js

  function open(source) {
    const items = FORMATS.map(([format, words]) => ["export", words, "export", format]);
    root.menu.ofButton({ title: "Export the map", label: "Export the map", items }, source);
  }

  let busy = false;

  async function save(format) {
    if (busy) return root.announce.flash("An export is being made; the next can follow it.");
    tell("");
    if (!root.map.drawn() || root.cy.nodes().empty()) return tell("Nothing is on the map to export.");
    const name = fileName(format);
    let made = null;
    try {
      made = await waited(DRAWN[format] ? DRAWN[format]() : root.exportFiles.read(format, window.location.search));
    } catch (error) {
      return tell(`Nothing was exported. ${error.message}`);
    }
    download(made.blob || made, name);
    if (made.leftOut) tell(`Exported: ${name}. Not in this format: ${made.leftOut}.`, true);
    else root.announce.flash(`Exported: ${name}`);
  }

  /** The same, while the button and a screen reader tell that it takes its time. */
  async function waited(making) {
    const button = document.getElementById("export-button");
    busy = true;
    const later = setTimeout(() => {
      button.setAttribute("aria-busy", "true");
      root.announce.flash("The export is being made …");
    }, A_MOMENT);
    try {
      return await making;
    } finally {
      busy = false;
      clearTimeout(later);
      button.removeAttribute("aria-busy");
    }
  }

  /** "conceptmap-rag.png": what the map is about. */
  function fileName(format) {
    const { focus, path, reading, term } = view();
    const about = [focus || path.filter(Boolean).join("-to-") || reading || term].filter(Boolean);
    const safe = about.map((part) => part.replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80));
    return `${["conceptmap", ...safe].join("-")}.${format}`;
  }

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /** A sentence that stays until the next try, or until it is closed. */
  function tell(sentence, done = false) {
    const note = document.getElementById("export-note");
    note.classList.toggle("done", done);
    note.firstElementChild.textContent = sentence;
    note.hidden = !sentence;
  }

  /* From the map. */

  const theme = () => getComputedStyle(document.getElementById("map-box"));

  /** Draw with every name and nothing that passes. All within one turn of the browser: nothing of it is painted. */
  function still(draw) {
    const { cy } = root;
    const marks = PASSING.map((name) => [name, cy.elements("." + name)]);
    cy.batch(() => {
      marks.forEach(([name, marked]) => marked.removeClass(name));
      cy.elements().style("min-zoomed-font-size", 0);
    });
    try {
      return draw(cy);
    } finally {
      cy.batch(() => {
        cy.elements().removeStyle("min-zoomed-font-size");
        marks.forEach(([name, marked]) => marked.addClass(name));
      });
    }
  }

  function png() {
    return still((cy) => {
      const { w, h } = cy.elements().boundingBox();
      const scale = Math.min(SCALE, MOST_PIXELS / Math.max(w, h));
      return cy.png({ full: true, scale, bg: ground(), output: "blob-promise" });
    });
  }

  const ground = () => theme().getPropertyValue("--ground").trim();

  function json() {
    const { elements } = root.cy.json();
    const plain = ({ data, position }) => {
      const kept = Object.fromEntries(Object.entries(data).filter(([key]) => !INTERNAL.includes(key)));
      for (const key of ["id", "source", "target"]) if (kept[key]) kept[key] = termOf(kept[key]);
      return kept.source ? { data: kept } : { data: kept, position };
    };
    const { nodes = [], edges = [] } = elements;
    const text = JSON.stringify({ elements: { nodes: nodes.map(plain), edges: edges.map(plain) } }, null, 1);
    return new Blob([text], { type: "application/json" });
  }

  function svg() {
    const picture = still((cy) => {
      const { x1, y1, w, h } = cy.elements().boundingBox();
      const byHeight = (a, b) => a.numericStyle("z-index") - b.numericStyle("z-index");
      return {
        title: document.title,
        box: { x: x1 - AROUND, y: y1 - AROUND, width: w + 2 * AROUND, height: h + 2 * AROUND },
        ground: ground(),
        font: cy.nodes()[0].style("font-family"),
        nodes: cy.nodes().sort(byHeight).map(term),
        edges: cy.edges().sort(byHeight).map(relation).filter(Boolean),
      };
    });
    return new Blob([root.svg.draw(picture)], { type: "image/svg+xml" });
  }

  const pen = document.createElement("canvas").getContext("2d");

  function term(node) {
    const of = (name) => node.numericStyle(name);
    const [weight, size] = [node.style("font-weight"), of("font-size")];
    pen.font = `${weight} ${size}px ${node.style("font-family")}`;
    const measure = (text) => pen.measureText(text).width;
    return {
      ...node.position(),
      width: node.width(),
      height: node.height(),
      shape: node.style("shape"),
      fill: node.style("background-color"),
      fillOpacity: of("background-opacity"),
      opacity: of("opacity"),
      border: line(node, "border"),
      outline: line(node, "outline"),
      label: {
        lines: root.svg.wrap(node.data("label"), of("text-max-width"), measure),
        size,
        weight,
        color: node.style("color"),
        gap: of("text-margin-y"),
        spacing: of("line-height"),
        halo: { color: node.style("text-outline-color"), width: of("text-outline-width") },
      },
    };
  }

  function line(node, name) {
    const width = node.numericStyle(`${name}-width`);
    return width ? { width, color: node.style(`${name}-color`), style: node.style(`${name}-style`) } : null;
  }

  /** A relation as it is drawn; none where its terms lie on each other, as on the map. */
  function relation(edge) {
    const points = [edge.sourceEndpoint(), ...(edge.controlPoints() || []), edge.targetEndpoint()];
    if (!points.every((point) => point && Number.isFinite(point.x) && Number.isFinite(point.y))) return null;
    const width = edge.numericStyle("width");
    const arrowSize = Math.max((width * 13.37) ** 0.9, 29) * edge.numericStyle("arrow-scale"); // as cytoscape
    return {
      points,
      width,
      color: edge.style("line-color"),
      style: edge.style("line-style"),
      opacity: edge.numericStyle("opacity"),
      arrow: { shape: edge.style("target-arrow-shape"), color: edge.style("target-arrow-color"), size: arrowSize },
      label: edge.style("label") && {
        text: edge.style("label"),
        ...wordsOf(edge),
        size: edge.numericStyle("font-size"),
        color: edge.style("color"),
        ground: edge.style("text-background-color"),
      },
    };
  }

  function wordsOf(edge) {
    const { x, y } = edge.midpoint();
    return { x: x + edge.numericStyle("text-margin-x"), y: y + edge.numericStyle("text-margin-y") };
  }

  const DRAWN = { png, svg, json };

  root.export = { download, open, save, close: () => tell("") };
})();
