/* What a query gave, as a table, as a map when there are nodes in it, and as JSON; and as files. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const MOST_DRAWN = 300; // nodes of the small map
  const FEW = 6; // relationships that are told in words at once; of more those that are pointed at
  const MOST_JSON = 200_000; // letters that the page shows
  let told = null; // {columns, rows}
  let shownAs = "table";
  let table = null; // AG Grid's, or null
  let drawn = null; // the small map
  let loading = null; // the script of the table
  let styles = []; // of the map, in the theme of the page

  const byId = (id) => document.getElementById(id);
  const values = () => root.values;

  /** A result: {columns, rows, seconds, waited, limits}. */
  function show(result, grid) {
    clear();
    told = result;
    root.console.status(sentence(result));
    byId("console-result").hidden = false;
    const { nodes } = values().graph(told.rows);
    byId("console-tab-map").hidden = !nodes.length;
    byId("console-add").hidden = !values().terms(nodes).length;
    if (!nodes.length && shownAs === "map") shownAs = "table";
    loading = loading || load(grid);
    view(shownAs);
    byId("console-result").scrollIntoView({ block: "nearest" }); // where it stands below the editor
  }

  function sentence({ rows, seconds, waited, limits }) {
    const count = rows.length === 1 ? "1 row" : `${rows.length ? rows.length.toLocaleString("en") : "No"} rows`;
    const turn = waited >= 0.1 ? ` after ${waited.toFixed(1)} s of waiting for its turn` : "";
    return [`${count} in ${seconds.toFixed(2)} s${turn}.`, ...limits].join(" ");
  }

  function clear() {
    told = null;
    discard();
    if (byId("console-result")) byId("console-result").hidden = true;
  }

  function discard() {
    if (table) table.destroy();
    if (drawn) drawn.destroy();
    table = drawn = null;
    ["table", "map", "json"].forEach((name) => byId(`console-${name}`) && byId(`console-${name}`).replaceChildren());
  }

  function view(as) {
    if (!told) return;
    shownAs = as;
    for (const name of ["table", "map", "json"]) {
      byId(`console-${name}`).hidden = name !== as;
      byId(`console-tab-${name}`).setAttribute("aria-pressed", String(name === as));
    }
    discard();
    ({ table: asTable, map: asMap, json: asJson })[as]();
  }

  /* As a table. */

  async function load(address) {
    try {
      await root.console.script(address);
      return true;
    } catch (error) {
      window.console.warn("The table could not be loaded:", error);
      return false;
    }
  }

  async function asTable() {
    const mine = told;
    const place = byId("console-table");
    if (!mine.rows.length) return;
    const has = await loading;
    if (!has) loading = null; // another try with the next result
    if (told !== mine || shownAs !== "table" || table) return;
    if (!has) return place.replaceChildren(plain(mine));
    const columns = mine.columns.map((name, at) => ({ name, number: values().numeric(mine.rows, at) }));
    const box = document.createElement("div");
    box.className = "grid";
    place.replaceChildren(box);
    table = root.grid.create(box, {
      columns,
      rows: mine.rows,
      told: values().text,
      compare: values().compare,
      label: "Rows of the result",
    });
  }

  /** The rows without sorting and filters, where the table could not be loaded. */
  function plain({ columns, rows }) {
    const made = document.createElement("table");
    made.className = "rows";
    const line = (tag, texts) => {
      const row = document.createElement("tr");
      for (const text of texts) row.append(Object.assign(document.createElement(tag), { textContent: text }));
      return row;
    };
    made.append(line("th", columns), ...rows.map((row) => line("td", row.map(values().text))));
    return made;
  }

  /* As a map. */

  function asMap() {
    const { nodes, relationships, left } = values().graph(told.rows, MOST_DRAWN);
    const place = byId("console-map");
    const box = document.createElement("div");
    box.className = "small-map";
    box.setAttribute("aria-hidden", "true");
    place.replaceChildren(box, listed(nodes, relationships, left));
    const { lines = {}, tints = {} } = root.shelf.schema();
    const Cytoscape = root.cy.constructor;
    drawn = new Cytoscape({
      container: box,
      elements: [...nodes.map((one) => node(one, tints)), ...relationships.map((one) => edge(one, lines))],
      style: styles,
      minZoom: 0.1,
      maxZoom: 3,
      autounselectify: true,
      boxSelectionEnabled: false,
      layout: { name: "preset" },
    });
    root.layouts.layOutIn(drawn, { w: box.clientWidth, h: box.clientHeight });
    drawn.on("mouseover", "edge", ({ target }) => target.addClass("told-now"));
    drawn.on("mouseout", "edge", ({ target }) => target.removeClass("told-now"));
    if (relationships.length <= FEW) drawn.edges().addClass("told-now");
    drawn.on("tap", "node", ({ target }) => target.data("term") && root.actions.run("select", target.data("term")));
  }

  /** The map has these colours from now on. */
  function themed(stylesheet) {
    styles = stylesheet;
    if (drawn) drawn.style(styles);
  }

  // "constructor" as an id would be found in every plain object: cytoscape looks ids up there.
  const marked = (element) => `n${element}`;

  function node(one, tints) {
    const { labels, properties } = one;
    const isTerm = labels.includes("Term");
    const tint = Object.hasOwn(tints, properties.category) ? tints[properties.category] : 24;
    const data = { id: marked(one.element), label: values().nameOf(one), size: 24, font: 13, tint, pale: isTerm ? 0 : 1 };
    return { group: "nodes", data: { ...data, waiting: 0, term: isTerm ? properties.id : undefined } };
  }

  function edge({ element, type, from_element: from, to_element: to, properties }, lines) {
    const kind = properties.kind || type;
    const { line, arrow, label } = Object.hasOwn(lines, kind) ? lines[kind] : { line: "solid", arrow: "triangle", label: kind };
    return { group: "edges", data: { id: `e${element}`, source: marked(from), target: marked(to), line, arrow, label, kind } };
  }

  /** The same for who does not see the picture, and a way to each term by keyboard. */
  function listed(nodes, relationships, left) {
    const fold = document.createElement("details");
    fold.className = "map-list";
    const head = document.createElement("summary");
    const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
    head.textContent = `${count(nodes.length, "node")}, ${count(relationships.length, "relationship")}` + (left ? `; ${left.toLocaleString("en")} more are not drawn` : "");
    const list = document.createElement("ul");
    for (const one of nodes) {
      const line = document.createElement("li");
      const [term] = values().terms([one]);
      if (term) {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "link", textContent: values().nameOf(one) });
        Object.assign(button.dataset, { act: "select", of: term });
        line.append(button);
      } else line.textContent = values().text(one);
      list.append(line);
    }
    fold.append(head, list);
    return fold;
  }

  /* As JSON. */

  const json = () => JSON.stringify(values().objects(told.columns, told.rows), null, 2);

  function asJson() {
    const made = document.createElement("pre");
    const text = json();
    made.textContent = text.length > MOST_JSON ? text.slice(0, MOST_JSON) + "\n… the download holds the rest" : text;
    byId("console-json").replaceChildren(made);
  }

  /* Taking it along. */

  /** The rows as the table shows them: filtered and sorted. */
  const rows = () => (table ? table.rows() : told.rows);

  function save(format) {
    if (!told) return;
    const text = format === "csv" ? values().csv(told.columns, rows()) : json();
    const type = format === "csv" ? "text/csv;charset=utf-8" : "application/json";
    const name = `query-${new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, "-")}.${format}`;
    root.export.download(new Blob([text], { type }), name);
    root.announce.flash(`Downloaded: ${name}`);
  }

  async function copy() {
    if (!told) return;
    const copied = rows();
    const text = shownAs === "json" ? json() : values().tabbed(told.columns, copied);
    try {
      await navigator.clipboard.writeText(text);
      root.announce.flash(copied.length === 1 ? "1 row copied." : `${copied.length.toLocaleString("en")} rows copied.`);
    } catch {
      root.announce.flash("The browser keeps the clipboard closed: download the rows instead.");
    }
  }

  function add() {
    if (told) root.actions.add(values().terms(values().graph(told.rows).nodes));
  }

  root.result = { show, clear, view, save, copy, add, themed };
})();
