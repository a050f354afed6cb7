/* Values of the database as graph/values.py hands them over: as text, in an order, in files, and the terms among them.

   A node is {element, labels, properties}, a relationship {element, type, from_element, to_element, properties}, a path
   {path: [...]}. Pure: nothing here touches the page. */
(function (root) {
  "use strict";

  /** A floating number without a fraction, as the server wrote it: 1.0 is not the integer 1. */
  class Float {
    constructor(source) {
      this.source = source;
    }
    valueOf() {
      return Number(this.source);
    }
    toString() {
      return this.source;
    }
    toJSON() {
      return JSON.rawJSON ? JSON.rawJSON(this.source) : Number(this.source);
    }
  }
  const FLOAT = /^-?\d+\.0$/;
  const SOME_FLOAT = /[[,:]-?\d+\.0[\],}]/;

  /** An answer of the server from its JSON. Browsers that do not tell how a number was written take 1.0 for 1. */
  function read(json) {
    const kept = (_, value, { source = "" } = {}) => (typeof value === "number" && FLOAT.test(source) ? new Float(source) : value);
    return SOME_FLOAT.test(json) ? JSON.parse(json, kept) : JSON.parse(json);
  }

  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Float);
  const isNode = (value) => isMap(value) && "element" in value && Array.isArray(value.labels);
  const isRelationship = (value) => isMap(value) && "element" in value && typeof value.type === "string";
  const isPath = (value) => isMap(value) && Array.isArray(value.path) && Object.keys(value).length === 1;

  const nameOf = ({ properties, labels }) =>
    String(properties.name || properties.title || properties.id || labels.join(":"));

  const NODE = (value) => `(${nameOf(value)})`;
  const RELATIONSHIP = ({ properties, type }) => `[${properties.kind || type}]`;

  function arrow(steps) {
    let said = steps.length ? text(steps[0]) : "";
    for (let at = 1; at + 1 < steps.length; at += 2) {
      if (!isMap(steps[at]) || !isMap(steps[at - 1])) return said + "…"; // cut off here
      const leaves = steps[at].from_element === steps[at - 1].element;
      said += (leaves ? `-${text(steps[at])}->` : `<-${text(steps[at])}-`) + text(steps[at + 1]);
    }
    return steps.length % 2 ? said : said + "…";
  }

  /** A value as a person reads it. Nothing at all is "null", a text stands for itself. */
  function text(value) {
    if (value === null || value === undefined) return "null";
    if (typeof value === "string") return value;
    if (isNode(value)) return NODE(value);
    if (isRelationship(value)) return RELATIONSHIP(value);
    if (isPath(value)) return arrow(value.path);
    return isMap(value) || Array.isArray(value) ? inside(value) : String(value);
  }

  /* Within a list or a map texts have quotes, so that "a, b" is one of them. */
  function inside(value) {
    if (Array.isArray(value)) return `[${value.map(inside).join(", ")}]`;
    if (!isMap(value)) return typeof value === "string" ? JSON.stringify(value) : String(value);
    if (isNode(value) || isRelationship(value) || isPath(value)) return text(value);
    return `{${Object.entries(value).map(([key, one]) => `${key}: ${inside(one)}`).join(", ")}}`;
  }

  const isNumber = (value) => typeof value === "number" || value instanceof Float;
  const WHOLE = /^-?\d{16,}$/; // an integer that JavaScript has no number for comes as text

  /** The order of a column: nothing at all last, numbers as numbers however large, everything else as its text. */
  function compare(one, other) {
    if (one === null || other === null) return (one === null) - (other === null);
    if (isNumber(one) && isNumber(other)) return one - other;
    const whole = (value) => (isNumber(value) && Number.isInteger(Number(value))) || (typeof value === "string" && WHOLE.test(value));
    if (whole(one) && whole(other)) {
      const [first, second] = [BigInt(one), BigInt(other)];
      return first < second ? -1 : first > second ? 1 : 0;
    }
    return text(one).localeCompare(text(other), "en", { numeric: true });
  }

  /** Is each value of a column that is there at all a number? */
  function numeric(rows, place) {
    const values = rows.map((row) => row[place]).filter((value) => value !== null);
    return values.length > 0 && values.every(isNumber);
  }

  const quoted = (told) => (/[",\r\n]/.test(told) || told === "" ? `"${told.replaceAll('"', '""')}"` : told);

  /** A table as CSV (RFC 4180): nothing at all is an empty cell, an empty text is "". */
  function csv(columns, rows) {
    const cell = (value) => (value === null ? "" : quoted(text(value)));
    return [columns.map(quoted), ...rows.map((row) => row.map(cell))].map((line) => line.join(",") + "\r\n").join("");
  }

  /** A table for the clipboard, as spreadsheets take it. */
  function tabbed(columns, rows) {
    const cell = (told) => told.replace(/[\t\r\n]+/g, " ");
    return [columns, ...rows.map((row) => row.map(text))].map((line) => line.map(cell).join("\t")).join("\n");
  }

  /** Rows as objects by the names of their columns. */
  const objects = (columns, rows) => rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, row[place]])));

  /** The nodes of all cells and the relationships among them, each once, `most` nodes of them. */
  function graph(rows, most = Infinity) {
    const nodes = new Map();
    const relationships = new Map();
    const left = new Set();
    const collect = (value) => {
      if (isNode(value)) {
        if (nodes.has(value.element)) return;
        if (nodes.size < most) nodes.set(value.element, value);
        else left.add(value.element);
      } else if (isRelationship(value)) relationships.set(value.element, value);
      else if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
    };
    rows.forEach((row) => row.forEach(collect));
    const ends = ({ from_element: from, to_element: to }) => nodes.has(from) && nodes.has(to);
    return { nodes: [...nodes.values()], relationships: [...relationships.values()].filter(ends), left: left.size };
  }

  /** The ids of the terms among nodes. */
  const terms = (nodes) =>
    nodes.filter(({ labels, properties }) => labels.includes("Term") && properties.id).map(({ properties }) => String(properties.id));

  const api = { read, text, compare, numeric, csv, tabbed, objects, graph, terms, nameOf };
  if (typeof module !== "undefined" && module.exports) module.exports = api;
  else (root.conceptmap = root.conceptmap || {}).values = api;
})(typeof window === "undefined" ? globalThis : window);
