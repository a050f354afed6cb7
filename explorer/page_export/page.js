/* The page that stands alone: its address says which term is chosen, and everything follows the address. */
(function () {
  "use strict";

  const root = (window.conceptmap = window.conceptmap || {});
  const { make, swatch, addressOf } = root.dom;
  const DIRECTIONS = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
  const THEME = "conceptmap-page-theme";
  const SINGLE = "conceptmap-page-single-keys";
  const byId = (id) => document.getElementById(id);
  const book = root.book.read(JSON.parse(byId("data").textContent));
  const places = new Map(book.terms.map((term) => [term.id, term.place]));
  const withMap = Boolean(document.createElement("canvas").getContext("2d"));
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  let hub = null; // the term whose neighbours `n` and `p` go through

  /* What the reader chose before; storage may be forbidden, then it holds for this visit. */

  function kept(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function keep(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // not remembered, still applied
    }
  }

  /* Theme. */

  let theme = ["light", "dark"].includes(kept(THEME)) ? kept(THEME) : null;
  const current = () => theme || (system.matches ? "dark" : "light");

  function paint() {
    document.documentElement.dataset.theme = current();
    if (root.map.cy()) root.map.paint(current());
  }

  function toggleTheme() {
    theme = current() === "dark" ? "light" : "dark";
    keep(THEME, theme);
    paint();
    say(theme === "dark" ? "Dark theme." : "Light theme.");
  }

  /* The address, and what follows from it. */

  function wanted() {
    const text = window.location.hash.startsWith("#term=") ? window.location.hash.slice(6) : "";
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // no address of ours: unknown, as it stands
    }
  }

  function select(place) {
    const hash = place === null ? "#" : addressOf(book.terms[place]);
    if (place !== chosen || wanted()) window.location.hash = hash;
  }

  function say(text) {
    byId("live").textContent = text;
  }

  function show() {
    const id = wanted();
    const inPanel = byId("panel-body").contains(document.activeElement);
    chosen = places.has(id) ? places.get(id) : null;
    const term = chosen === null ? null : book.terms[chosen];
    const content = term ? root.panel.term(term, book) : id ? root.panel.unknown(id) : root.panel.start(book, [switchLine()]);
    byId("panel-body").replaceChildren(...content.filter(Boolean));
    byId("panel-body").scrollTop = 0;
    document.title = term ? `${term.name} · ${book.title}` : book.title;
    if (withMap) root.map.choose(chosen);
    told();
    const heading = byId("panel-body").querySelector("h2");
    if (inPanel) heading.focus({ preventScroll: true });
    if (id) say(heading.textContent);
  }

  /* Legend and list. */

  function legend() {
    const lines = book.categories.map((category) => {
      const name = make("span", { class: "name" }, category.name || "No category");
      const number = make("span", { class: "number" }, category.count.toLocaleString("en"));
      const pressed = String(!root.map.hides(category.name));
      const button = make("button", { type: "button", class: "legend-line", "aria-pressed": pressed }, swatch(category), name, number);
      button.addEventListener("click", () => {
        root.map.toggle(category.name);
        button.setAttribute("aria-pressed", String(!root.map.hides(category.name)));
        told();
      });
      return make("li", {}, button);
    });
    if (!lines.length) return;
    const head = make("summary", { class: "button" }, make("span", { class: "icon icon-filter", "aria-hidden": "true" }), "Categories");
    const list = make("ul", { "aria-label": "Categories: each hides or shows its terms" }, lines);
    const fold = make("details", { "data-fold": "filters" }, head, make("div", { class: "legend" }, list));
    fold.open = window.matchMedia("(min-width: 64em) and (min-height: 40em)").matches;
    byId("filters").append(fold);
  }

  function told() {
    if (withMap) byId("count").textContent = `${root.map.shown().toLocaleString("en")} of ${book.terms.length.toLocaleString("en")} shown`;
  }

  function fillList() {
    if (byId("list").hasChildNodes()) return;
    const order = new Intl.Collator("en", { numeric: true });
    const terms = [...book.terms].sort((a, b) => order.compare(a.name, b.name));
    byId("list").append(...terms.map((term) => make("li", {}, root.panel.line(term))));
  }

  function toggleList() {
    const opening = byId("text-twin").hidden;
    fillList();
    byId("text-twin").hidden = !opening;
    byId("list-button").setAttribute("aria-expanded", String(opening));
    byId(opening ? "list-close" : "list-button").focus();
  }

  /* The keyboard. Keys of a single sign can be switched off: who speaks to the computer types them by accident. */

  let single = kept(SINGLE) !== "off";

  function switchLine() {
    const button = make("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(single) }, "Single keys");
    button.addEventListener("click", () => {
      single = !single;
      keep(SINGLE, single ? "on" : "off");
      button.setAttribute("aria-checked", String(single));
    });
    const keys = [["/", "search"], ["n", "p", "next and previous neighbour"], ["t", "all terms"], ["f", "fit"], ["Esc", "deselect"]];
    const told = keys.flatMap((row) => [...row.slice(0, -1).flatMap((key) => [make("kbd", {}, key), " "]), row[row.length - 1] + "  "]);
    return make("div", { class: "keys-hint quiet" }, make("p", {}, told), make("p", { class: "switch-line" }, button));
  }

  /** To the neighbour that lies in this direction; with nothing chosen, to the most important term. */
  function walk(direction) {
    if (chosen === null) return void (book.terms.length && select(0));
    const to = root.place.towards(root.map.position(chosen), root.map.neighbours(chosen), direction);
    if (to !== null) select(to);
    else say("No neighbour that way. Press n for the next one.");
  }

  /** Through the neighbours of the term we came from, one after the other. */
  function step(by) {
    if (chosen === null) return void (book.terms.length && select(0));
    const ringOf = (place) => [...new Set(book.terms[place].relations.map(({ to }) => to))];
    if (hub === null || !ringOf(hub).includes(chosen)) hub = chosen;
    const ring = ringOf(hub);
    const at = hub === chosen ? (by > 0 ? -1 : 0) : ring.indexOf(chosen);
    if (ring.length) select(ring[(at + by + ring.length) % ring.length]);
  }

  function escape() {
    if (!byId("text-twin").hidden && withMap) toggleList();
    else if (wanted()) select(null);
  }

  const KEYS = {
    "/": () => byId("search").focus(),
    t: () => withMap && toggleList(),
    f: () => withMap && root.map.fit(),
    "+": () => withMap && root.map.zoom(1.25),
    "=": () => withMap && root.map.zoom(1.25),
    "-": () => withMap && root.map.zoom(0.8),
    n: () => step(1),
    p: () => step(-1),
    Escape: escape,
  };

  function onKey(event) {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target.matches("input")) return;
    if (!single && key.length === 1) return;
    const onMap = withMap && (target === document.body || target.closest("#map-box"));
    const does = onMap && DIRECTIONS[key] ? () => walk(DIRECTIONS[key]) : KEYS[key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  /* Beginning. */

  paint();
  system.addEventListener("change", paint);
  root.search.start(book, select, say);
  legend();
  if (withMap) root.map.start(book, current(), select);
  else {
    document.body.classList.add("no-map");
    fillList();
    byId("text-twin").hidden = false;
  }
  show();
  window.addEventListener("hashchange", show);
  document.addEventListener("keydown", onKey);
  const clicks = {
    "list-button": toggleList,
    "list-close": toggleList,
    "theme-button": toggleTheme,
    "zoom-in": () => root.map.zoom(1.25),
    "zoom-out": () => root.map.zoom(0.8),
    fit: () => root.map.fit(),
    sheet: () => byId("panel").classList.toggle("tall"),
  };
  for (const [id, does] of Object.entries(clicks)) byId(id).addEventListener("click", does);
})();
