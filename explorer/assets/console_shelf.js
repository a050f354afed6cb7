/* Beside the console's editor: the library of queries, the history of this browser, and a field for each parameter. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const STORAGE = "conceptmap-queries";
  const NARROW = "(max-width: 48em)";
  let queries = new Map(); // the library, by name
  let history = [];
  let known = {}; // the schema, as the server told it
  let shown = []; // the fields: {name, type, help, text}

  const byId = (id) => document.getElementById(id);

  function begin(library) {
    queries = new Map(library.map((one) => [one.name, one]));
    history = root.statement.restored(stored());
    listHistory();
    if (window.matchMedia(NARROW).matches) byId("console-library-fold").open = false;
    byId("console-find").addEventListener("input", ({ target }) => find(target.value));
    byId("console-fields").addEventListener("input", typed);
  }

  /* The library. */

  function find(words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    let any = false;
    for (const line of byId("console-library").children) {
      const text = line.textContent.toLowerCase();
      line.hidden = !wanted.every((word) => text.includes(word));
      any = any || !line.hidden;
    }
    byId("console-none").hidden = any;
  }

  function take(name) {
    const query = queries.get(name);
    if (query) put(query.text, []);
  }

  function put(text, given) {
    root.console.set(text, given);
    root.console.keep();
    const first = byId("console-fields").querySelector("input, select");
    (first || byId("console-run")).focus();
  }

  /* What ran behind what the page shows. */

  let behind = []; // {title, answers, text, given}

  /** Open the console with the Cypher behind this view; the first statement is put into the editor. */
  async function show() {
    let told = {};
    const { search } = window.location;
    try {
      told = await (await root.ask("/_cypher", { search })).json();
    } catch {
      told.message = "The explorer does not answer.";
    }
    if (search !== window.location.search) return; // the reader has gone on
    if (!told.statements || !told.statements.length) return root.announce.flash(told.message || "Nothing was asked for this.");
    const [first] = (behind = told.statements);
    await root.console.open(first);
    const place = byId("console-behind");
    if (!place) return;
    root.draw(place, behind.map(behindLine));
    byId("console-behind-fold").hidden = false;
    byId("console-behind-fold").open = !window.matchMedia(NARROW).matches; // on a phone the statement would be far below
  }

  const behindLine = ({ title, answers }, at) => [
    "li",
    {},
    [
      [
        "button",
        { type: "button", class: "query", "data-act": "console-behind", "data-of": String(at) },
        [["span", { class: "query-title" }, [title]], ["span", { class: "quiet" }, [answers]]],
      ],
    ],
  ];

  function takeBehind(at) {
    const one = behind[Number(at)];
    if (one) put(one.text, one.given);
  }

  /* The history. */

  function stored() {
    try {
      return localStorage.getItem(STORAGE) || "[]";
    } catch {
      return "[]"; // forbidden: the history is that of this page
    }
  }

  function keep() {
    try {
      localStorage.setItem(STORAGE, JSON.stringify(history));
    } catch {
      // full or forbidden: it lasts as long as the page
    }
    listHistory();
  }

  function remember({ text, given }) {
    // Another page of this browser may have run something meanwhile.
    const before = root.statement.restored(stored());
    history = root.statement.remember(before.length ? before : history, { text, given, at: Date.now() });
    keep();
  }

  function forget() {
    history = [];
    keep();
    byId("console-history-fold").querySelector("summary").focus();
  }

  function listHistory() {
    const when = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });
    const line = ({ text, at }, place) => [
      "li",
      {},
      [
        [
          "button",
          { type: "button", class: "query", "data-act": "console-again", "data-of": String(place) },
          [
            ["span", { class: "query-title one-line" }, [root.statement.title(text).slice(0, 200)]],
            ["span", { class: "quiet" }, [when.format(at)]],
          ],
        ],
      ],
    ];
    root.draw(byId("console-history"), history.map(line));
    byId("console-no-history").hidden = history.length > 0;
    byId("console-forget").hidden = !history.length;
  }

  function again(place) {
    const entry = history[Number(place)];
    if (entry) put(entry.text, entry.given);
  }

  /* The fields. */

  /** A field for each parameter of this statement; what was typed into one of the same name stays. */
  function fields(text, given = null) {
    const before = given || shown.map((one) => [one.name, one.text]);
    const next = root.statement.fields(text, before);
    const shape = (list) => JSON.stringify(list.map(({ name, type, help }) => [name, type, help]));
    const same = shape(next) === shape(shown) && !given;
    shown = next;
    if (!same) draw();
  }

  function draw() {
    const place = byId("console-fields");
    place.replaceChildren(...shown.map(field));
  }

  function field(one) {
    const made = document.createElement("label");
    made.className = "field";
    const name = document.createElement("span");
    name.className = "field-name";
    name.textContent = "$" + one.name;
    made.append(name, control(one));
    if (one.help) {
      const help = document.createElement("span");
      help.className = "quiet field-help";
      help.textContent = one.help;
      made.append(help);
    }
    return made;
  }

  const CHOICES = { category: "categories", kind: "kinds", set: "sets" };

  function control(one) {
    const options = CHOICES[one.type] && known[CHOICES[one.type]];
    const made = options || one.type === "boolean" ? choice(one, options || ["true", "false"]) : line(one);
    made.dataset.name = one.name;
    return made;
  }

  function choice(one, options) {
    const made = document.createElement("select");
    const all = options.includes(one.text) ? options : [one.text, ...options];
    made.append(...all.map((text) => new Option(text || "—", text)));
    made.value = one.text;
    return made;
  }

  function line(one) {
    const made = document.createElement("input");
    made.type = one.type === "integer" || one.type === "number" ? "number" : "text";
    if (one.type === "number") made.step = "any";
    made.autocomplete = "off";
    made.spellcheck = false;
    made.value = one.text;
    if (one.type === "any") made.placeholder = "a text, or JSON";
    if (one.type === "strings") made.placeholder = "texts, with commas between";
    if (one.type === "term") suggest(made);
    return made;
  }

  /** The ids of terms, as the search suggests them. */
  function suggest(input) {
    const list = document.createElement("datalist");
    list.id = `console-terms-${input.dataset.name || Math.random().toString(36).slice(2)}`;
    input.setAttribute("list", list.id);
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => offer(input, list), 150);
    });
    input.addEventListener("focus", () => input.after(list), { once: true });
  }

  async function offer(input, list) {
    try {
      const answer = await fetch("/_suggest?q=" + encodeURIComponent(input.value.trim()));
      const { hits = [] } = await answer.json();
      list.replaceChildren(...hits.map(({ id, name }) => new Option(name, id)));
    } catch {
      // no suggestions; an id can be typed
    }
  }

  function typed({ target }) {
    const one = shown.find(({ name }) => name === target.dataset.name);
    if (one) one.text = target.value;
  }

  const given = () => shown.map(({ name, text }) => [name, text]);
  const parameters = () => shown.map(({ name, type, text }) => ({ name, type, text }));

  function know(schema) {
    known = schema;
    if (shown.some(({ type }) => CHOICES[type])) draw();
  }

  /** The page shows another view than the one that this list is about. */
  function leave() {
    const fold = byId("console-behind-fold");
    if (fold) fold.hidden = true;
  }

  root.shelf = { begin, leave, take, show, takeBehind, again, forget, remember, fields, given, parameters, know, schema: () => known };
})();
